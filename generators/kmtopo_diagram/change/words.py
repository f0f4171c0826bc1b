"""The words of the view of a change, in the topology's language."""

from __future__ import annotations

from kmtopo.plugin import frozen
from kmtopo_diagram.signs.fates import Fate
from kmtopo_diagram.subject.words import Meaning


@frozen
class ChangeWords:
    """Everything that the view says by itself, besides what the deployment view says."""

    view: str
    against: str
    nothing: str
    fates: dict[Fate, Meaning]
    machines: str
    containers: str
    networks: str
    calls: str
    tenants: str
    formerly: str
    what: str
    more: str
    left_out: str


SPANISH = ChangeWords(
    view="Cambios",
    against="Frente a {against}",
    nothing="sin cambios",
    fates={
        Fate.ADDED: Meaning("nuevo", "nuevo"),
        Fate.REMOVED: Meaning("quitado", "quitado"),
        Fate.CHANGED: Meaning("cambiado", "cambiado"),
    },
    machines="VPS",
    containers="contenedores",
    networks="redes",
    calls="llamadas",
    tenants="tenencias",
    formerly="{after} (antes {before})",
    what="Qué cambia",
    more="y {count} cambios más: los dice kmtopo diff",
    left_out="Sin dibujar: otros {count} contenedores",
)

ENGLISH = ChangeWords(
    view="Changes",
    against="Against {against}",
    nothing="no changes",
    fates={
        Fate.ADDED: Meaning("added", "added"),
        Fate.REMOVED: Meaning("removed", "removed"),
        Fate.CHANGED: Meaning("changed", "changed"),
    },
    machines="VPS",
    containers="containers",
    networks="networks",
    calls="calls",
    tenants="tenants",
    formerly="{after} (formerly {before})",
    what="What changes",
    more="and {count} more changes: kmtopo diff tells them",
    left_out="Not drawn: {count} other containers",
)


def change_words(locale: str) -> ChangeWords:
    """Returns the words of a locale such as ``es`` or ``es-HN``; other languages read English."""
    return SPANISH if locale.lower().startswith("es") else ENGLISH
