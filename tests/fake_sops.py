#!/usr/bin/env python3
"""A program with the command line of ``sops`` 3.11, as far as kmtopo uses it; tests/e2e has the real one.

It asks for a creation rule and for the key as the real one does. What it calls encryption keeps nothing secret.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from base64 import b64decode, b64encode
from pathlib import Path

KEY = "SOPS_AGE_KEY"


def main(command: str, *arguments: str) -> None:
    options, names = read(arguments)
    {"encrypt": encrypt, "decrypt": decrypt, "set": change, "exec-env": execute}[command](options, names)


def read(arguments: tuple[str, ...]) -> tuple[dict[str, str], list[str]]:
    options: dict[str, str] = {}
    rest = list(arguments)
    while rest and rest[0].startswith("--"):
        option = rest.pop(0)
        options[option] = "" if option == "--value-stdin" else rest.pop(0)
    return options, rest


def encrypt(options: dict[str, str], names: list[str]) -> None:
    rules = Path(".sops.yaml")
    if not rules.exists():
        sys.exit("config file not found, or has no creation rules, and no keys provided through command line options")
    (pattern,) = re.findall(r"path_regex: (\S+)", rules.read_text(encoding="utf-8"))
    if not re.search(pattern, options["--filename-override"]):
        sys.exit("error loading config: no matching creation rules found")
    sys.stdout.write(written(json.load(sys.stdin)))


def decrypt(options: dict[str, str], names: list[str]) -> None:
    json.dump(opened(Path(names[0])), sys.stdout)


def change(options: dict[str, str], names: list[str]) -> None:
    path, (key,) = Path(names[0]), json.loads(names[1])
    opened(path)
    line = written({key: json.load(sys.stdin)})
    kept = [
        each for each in path.read_text(encoding="utf-8").splitlines(keepends=True) if not each.startswith(f"{key}:")
    ]
    path.write_text("".join([*kept, line]), encoding="utf-8")


def execute(options: dict[str, str], names: list[str]) -> None:
    sys.exit(
        subprocess.run(["/bin/sh", "-c", names[1]], env=os.environ | opened(Path(names[0])), check=False).returncode
    )


def written(values: dict[str, str]) -> str:
    return "".join(f"{key}: ENC[{b64encode(value.encode()).decode()}]\n" for key, value in values.items())


def opened(path: Path) -> dict[str, str]:
    if KEY not in os.environ:
        sys.exit("Failed to get the data key required to decrypt the SOPS file.\n\nGroup 0: FAILED")
    lines = path.read_text(encoding="utf-8").splitlines()
    return {key: b64decode(value[4:-1]).decode() for key, value in (line.split(": ") for line in lines)}


if __name__ == "__main__":
    main(*sys.argv[1:])
