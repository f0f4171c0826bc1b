"""Which generators there are: built-in and third-party ones by the same entry point."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any

from kmtopo.packages import GENERATORS, plugins

if TYPE_CHECKING:
    from kmtopo.plugin import Generator


def generator_names() -> tuple[str, ...]:
    """The names of all installed generators, sorted; imports none of them."""
    return tuple(plugins(GENERATORS))


@cache
def generator(name: str) -> Generator[Any]:
    """Loads one generator.

    Raises:
        LookupError: no installed package registers the name.
        PluginFault: a package does, and what it registers cannot be used.
    """
    from kmtopo.plugin import Generator

    plugin = plugins(GENERATORS).get(name)
    if plugin is None:
        raise LookupError(f"no generator is called {name!r}")
    loaded: Generator[Any] = plugin.load_as(Generator)
    return loaded


def answering(name: str) -> AbstractContextManager[None]:
    """Runs code of a generator: what it raises is its package's fault; of one that none registers, its author's own."""
    plugin = plugins(GENERATORS).get(name)
    return plugin.answering() if plugin else nullcontext()


@cache
def template_names(name: str) -> tuple[str, ...]:
    """The names of a generator's templates, sorted; they lie in the folder ``templates`` of its package."""
    folder = plugins(GENERATORS)[name].folder("templates")
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_file())) if folder else ()
