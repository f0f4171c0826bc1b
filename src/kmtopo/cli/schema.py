"""``kmtopo schema``."""

from __future__ import annotations

import json
import sys

from kmtopo.cli.session import Session


def schema(_: Session) -> None:
    """Prints the JSON Schema of the language, with the options of all installed generators."""
    from kmtopo.checks.rulebook import rulebook
    from kmtopo.model.schema import json_schema
    from kmtopo.registry import generator, generator_names

    rulebook()  # which warnings can be accepted
    options = {name: generator(name).options for name in generator_names()}
    json.dump(json_schema(options), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
