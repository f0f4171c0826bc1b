"""Which generators there are: built-in and third-party ones by the same entry point."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kmtopo.plugin import Generator

GROUP = "kmtopo.generators"


@cache
def generator_names() -> tuple[str, ...]:
    """The names of all installed generators, sorted; imports none of them."""
    return tuple(sorted(_entries()))


@cache
def generator(name: str) -> Generator[Any]:
    """Loads one generator.

    Raises:
        LookupError: no installed package registers the name, or what it registers is no generator.
    """
    from kmtopo.plugin import API_VERSION, Generator

    entry = _entries().get(name)
    if entry is None:
        raise LookupError(f"no generator is called {name!r}")
    loaded = entry.load()
    if not isinstance(loaded, Generator) or loaded.api_version != API_VERSION:
        where = f"{entry.value} of {entry.dist.name if entry.dist else 'an unknown package'}"
        raise LookupError(f"{where} is no generator of plugin API {API_VERSION}")
    return loaded


@cache
def template_names(name: str) -> tuple[str, ...]:
    """The names of a generator's templates, sorted; they lie in the folder ``templates`` of its package."""
    from importlib.resources import files

    folder = files(_entries()[name].module.partition(".")[0]) / "templates"
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_file())) if folder.is_dir() else ()


@cache
def _entries() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}
