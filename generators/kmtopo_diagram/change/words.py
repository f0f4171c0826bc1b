"""The words of the view of a change, in the topology's language."""

from __future__ import annotations

from kmtopo.plugin import frozen
from kmtopo_diagram.signs.fates import Fate
from kmtopo_diagram.subject.words import Meaning, Noun


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
    further: Noun
    left_out: Noun


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
    more="y {changes}: kmtopo diff los dice todos",
    further=Noun("cambio más", "cambios más"),
    left_out=Noun("contenedor más, sin dibujar", "contenedores más, sin dibujar"),
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
    more="and {changes}: kmtopo diff tells them all",
    further=Noun("more change", "more changes"),
    left_out=Noun("more container, not drawn", "more containers, not drawn"),
)


def change_words(locale: str) -> ChangeWords:
    """Returns the words of a locale such as ``es`` or ``es-HN``; other languages read English."""
    return SPANISH if locale.lower().startswith("es") else ENGLISH
