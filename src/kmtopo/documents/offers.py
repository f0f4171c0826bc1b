"""What installed generators offer to documents: blocks by name, and by whose they are where several have one of that name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kmtopo import registry
from kmtopo.graph.graph import Graph
from kmtopo.markup.pieces import Piece


class Contested(Exception):
    """Several generators offer a block of this name, and the document does not say whose it shows."""

    def __init__(self, name: str, generators: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.generators = name, generators


def offered(name: str, graph: Graph, graphs: Mapping[str, Graph]) -> tuple[Piece, ...] | None:
    """What a block shows, called ``tenants`` or ``docs.tenants``; None where no generator offers it.

    Raises:
        Contested: several do.
        PluginFault: the package that does fails.
    """
    whose, _, block = name.rpartition(".")
    offering = tuple(each for each in _offers().get(block, ()) if whose in ("", each))
    if len(offering) > 1:
        raise Contested(name, offering)
    for generator in map(registry.generator, offering):
        with registry.answering(generator.name):
            return _checked(generator.blocks[block](graph, graphs))
    return None


def is_offered(name: str) -> bool:
    """Whether a generator offers a block of this name."""
    whose, _, block = name.rpartition(".")
    offering = _offers().get(block, ())
    return whose in offering if whose else bool(offering)


def offered_names() -> tuple[str, ...]:
    """How every block is called: with its generator where several offer one of that name."""
    return tuple(
        f"{generator}.{name}" if len(offering) > 1 else name
        for name, offering in sorted(_offers().items())
        for generator in offering
    )


def _offers() -> dict[str, tuple[str, ...]]:
    """The names of the generators that offer a block, by its name."""
    found: dict[str, tuple[str, ...]] = {}
    for generator in registry.generator_names():
        for name in registry.generator(generator).blocks:
            found[name] = (*found.get(name, ()), generator)
    return found


def _checked(made: Iterable[Piece]) -> tuple[Piece, ...]:
    pieces = tuple(made)
    for piece in pieces:
        if not isinstance(piece, Piece):
            raise TypeError(f"a block gives pieces, not {type(piece).__name__}")
    return pieces
