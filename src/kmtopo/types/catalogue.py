"""The catalogue: every container type that a topology can name, ours and those of other packages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from kmtopo.packages import TYPES, Plugin, PluginFault, plugins
from kmtopo.types.runtime import ContainerType, Runtime
from kmtopo.types.stores import DataStore


class Catalogue(Mapping[str, ContainerType]):
    """The types by name, sorted; each is loaded when it is first looked up.

    One that cannot be used is not in it; ``faults`` says why, as soon as it was looked up.
    """

    def __init__(self, registered: Mapping[str, Plugin]) -> None:
        self._registered = registered
        self._loaded: dict[str, ContainerType] = {}
        self.faults: dict[str, PluginFault] = {}

    def __getitem__(self, name: str) -> ContainerType:
        if name not in self._loaded:
            if name in self.faults:
                raise KeyError(name)
            try:
                self._loaded[name] = _loaded(self._registered[name])
            except PluginFault as fault:
                self.faults[name] = fault
                raise KeyError(name) from fault
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._registered if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@cache
def catalogue() -> Catalogue:
    """Returns the types that packages register in ``kmtopo.types``."""
    return Catalogue(plugins(TYPES))


def _loaded(plugin: Plugin) -> ContainerType:
    kind = plugin.load_as(ContainerType)
    return kind if plugin.is_ours else _guarded(kind, plugin)


def _guarded(kind: ContainerType, plugin: Plugin) -> ContainerType:
    return replace(
        kind,
        runtime=plugin.guarded(kind.runtime, Runtime),
        volume_path=kind.volume_path and plugin.guarded(kind.volume_path, str),
        keep=kind.keep and plugin.guarded(kind.keep, DataStore),
        workers=kind.workers and plugin.guarded(kind.workers, int),
    )
