"""The pictures of a build, as documents show them: with a caption and alternative text of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape

from kmtopo.markup.pieces import Picture
from kmtopo.pipeline import Build

FOLDER = "kmtopo"
_VIEWS, _LIGHT = "diagrams/", ".light.svg"
_TITLE = re.compile(r"<title[^>]*>([^<]*)</title>")
_DESCRIPTION = re.compile(r"<desc[^>]*>([^<]*)</desc>")
_SENTENCE = re.compile(r".*?[.!?](?=\s|$)")
_LONGEST_ALT = 320


def drawn(build: Build, environment: str) -> dict[str, str]:
    """The pictures of an environment by path below its root, whichever generator drew them."""
    made = build.artifacts.get(environment, ())
    return {str(a.path): a.content for _, a in made if a.path.suffix == ".svg"}


def views(pictures: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the views that were drawn."""
    names = (path.removeprefix(_VIEWS) for path in pictures if path.startswith(_VIEWS) and path.endswith(_LIGHT))
    return tuple(sorted(name.removesuffix(_LIGHT) for name in names))


def described(picture: Picture, svg: str) -> Picture:
    """The picture with caption and alternative text: its own title, and as much of its description as is heard out."""
    title, description = (_said(pattern, svg) for pattern in (_TITLE, _DESCRIPTION))
    alt = picture.alt or _shortened(description) or title
    return replace(picture, caption=picture.caption or title, alt=alt)


def placed(picture: Picture, environment: str) -> Picture:
    """The picture as it lies beside a document."""
    return replace(picture, path=f"{FOLDER}/{file_name(picture.path, environment)}")


def file_name(path: str, environment: str) -> str:
    """What a picture of an environment is called beside a document: ``produccion.deployment``."""
    return f"{environment}.{path.removeprefix(_VIEWS).replace('/', '.')}"


def _said(pattern: re.Pattern[str], svg: str) -> str:
    found = pattern.search(svg)
    return unescape(found[1]).strip() if found else ""


def _shortened(description: str) -> str:
    """The first sentences, at least one."""
    shown = ""
    for sentence in _SENTENCE.findall(description):
        if shown and len(shown) + len(sentence) > _LONGEST_ALT:
            break
        shown += sentence
    return shown.strip() or description
