"""What the entries of lists cannot do without: nothing is inherited there, so it is asked of the entry as written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kmtopo.diagnostics import Diagnostic, Term, diagnose, did_you_mean
from kmtopo.model.layered import Layer
from kmtopo.syntax import Document

NEEDED = {"accept": ("rule", "of"), "assumptions": ("of",), "moved": ("from", "to"), "patches": ("file",)}
_DEMANDS = frozenset({"budget", "deny", "isolate", "like", "publish"})


def missing(noun: str, layer: Layer, document: Document) -> Iterator[Diagnostic]:
    """Yields what an entry of a list does not say; a misspelt key is not missing."""
    at = layer.where.address
    if _misses(layer, "why"):
        yield diagnose("KM218", document.span(at), subject=at, noun=noun)
    for key in NEEDED.get(noun, ()):
        if _misses(layer, key):
            yield diagnose("KM203", document.span(at), subject=at, key=key, of=Term("entry"))
    if noun == "policies":
        yield from _of_policy(layer, document)
    elif noun == "patches" and not layer.absent and not _does_one_thing(layer.data):
        yield diagnose("KM221", document.span(at), subject=at)


def _of_policy(layer: Layer, document: Document) -> Iterator[Diagnostic]:
    deny, at = layer.data.get("deny"), layer.where.address
    if not layer.absent and not _DEMANDS & layer.data.keys():
        yield diagnose("KM203", document.span(at), subject=at, help="policy", allowed=", ".join(sorted(_DEMANDS)))
    if isinstance(deny, Mapping) and not layer.absent:
        for key in ("from", "to"):
            if not deny.get(key):
                yield diagnose("KM203", document.span(at / "deny"), subject=at, key=key, of=Term("entry"))


def _does_one_thing(patch: Mapping[str, Any]) -> bool:
    """Whether a patch either sets something, be it to ``null``, or deletes it."""
    done = {key for key in ("set", "delete") if patch.get(key) is not None}
    return done == ({"set"} if "value" in patch else {"delete"})


def _misses(layer: Layer, key: str) -> bool:
    unread = [str(path[0]) for path in layer.absent if path]
    return layer.data.get(key) is None and key not in unread and not any(did_you_mean(word, [key]) for word in unread)
