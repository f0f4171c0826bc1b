"""``kmtopo schema``."""

from __future__ import annotations

import json
import sys

from kmtopo.cli.session import Session


def schema(_: Session) -> None:
    """Prints the JSON Schema of the language."""
    from kmtopo.model.schema import json_schema

    json.dump(json_schema(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
