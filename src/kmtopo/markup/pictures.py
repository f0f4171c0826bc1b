"""Pictures that were drawn: which there are, and what each says about itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape

from kmtopo.markup.pieces import Picture

SHADES = (".svg", ".light.svg", ".dark.svg")
_LIGHT = ".light.svg"
_TITLE = re.compile(r"<title[^>]*>([^<]*)</title>")
_DESCRIPTION = re.compile(r"<desc[^>]*>([^<]*)</desc>")
_SENTENCE = re.compile(r".*?[.!?](?=\s|$)")
_LONGEST_ALT = 320


def pictures(svgs: Mapping[str, str]) -> dict[str, Picture]:
    """The pictures among some SVGs, which are given by path: those that there are in all shades."""
    names = sorted(path.removesuffix(_LIGHT) for path in svgs if path.endswith(_LIGHT))
    whole = (name for name in names if all(f"{name}{shade}" in svgs for shade in SHADES))
    return {name: described(Picture(name), svgs[f"{name}{_LIGHT}"]) for name in whole}


def described(picture: Picture, svg: str) -> Picture:
    """The picture with caption and alternative text: its own title, and as much of its description as is heard out."""
    title, description = (_said(pattern, svg) for pattern in (_TITLE, _DESCRIPTION))
    alt = picture.alt or _shortened(description) or title
    return replace(picture, caption=picture.caption or title, alt=alt)


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
