"""What may stand in a picture and nothing else: no script, no handler, nothing from elsewhere, no form that is not checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset({"svg", "title", "desc", "style", "g", "rect", "path", "text", "tspan"})
_LEADS_OUT = re.compile(r"url\((?!data:font/)|@import|expression\(", re.IGNORECASE)


def foreign(svg: str) -> Iterator[str]:
    """Returns the elements, attributes and styles of a well-formed picture that our own pictures have no use for."""
    for element in ElementTree.fromstring(svg).iter():  # noqa: S314 - our own output, which has no entities
        name = str(element.tag).removeprefix(_SVG)
        if name not in _ELEMENTS:
            yield f"foreign: <{name}>"
        for attribute, value in element.attrib.items():
            if _acts(attribute) or _LEADS_OUT.search(value):
                yield f"foreign: {attribute} of <{name}>"
        if name == "style" and _LEADS_OUT.search(element.text or ""):
            yield "foreign: a style that leads out"


def _acts(attribute: str) -> bool:
    plain = attribute.rpartition("}")[2].lower()
    return plain.startswith("on") or plain in ("href", "src", "style")
