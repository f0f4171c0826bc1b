"""The words of the failures view, in the topology's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kmtopo.plugin import frozen
from kmtopo_diagram.subject.words import Meaning, Noun


@frozen
class FailureWords:
    """Everything that the view says by itself, besides what all views say."""

    view: str
    example: str
    continued: str
    container: Noun
    tenant: Noun
    other: str
    others: str
    if_fails: str
    then: str
    then_listed: str
    tenants: str
    reach: str
    of: str
    weak: str
    nothing_else: str
    more: str
    following: str
    down: Meaning
    degraded: Meaning
    cut_off: Meaning
    up: Meaning
    needs: Meaning
    helps: Meaning
    joint: Meaning
    stops: Meaning
    degrades: Meaning
    weak_point: Meaning
    says_fails: str
    says_down: str
    says_degraded: str
    says_cut_off: str
    says_tenants_down: str
    says_tenants_degraded: str
    says_missing: str
    says_row: str
    says_weak: str


SPANISH = FailureWords(
    view="Dependencias y fallas",
    example="Ejemplo: falla {name}. La tabla responde lo mismo para cada contenedor y cada VPS",
    continued="La tabla, página {page} de {pages}: si falla cada contenedor o VPS",
    container=Noun("contenedor", "contenedores"),
    tenant=Noun("tenencia", "tenencias"),
    other="Otro contenedor sigue igual",
    others="Otros {count} contenedores siguen igual",
    if_fails="Si falla",
    then="queda así cada contenedor",
    then_listed="esto les pasa a los demás",
    tenants="tenencias",
    reach="alcance",
    of="{touched} de {all}",
    weak="SPOF",
    nothing_else="nada más",
    more="y {count} más",
    following="Sigue en la página {page}",
    down=Meaning("caído", "caído"),
    degraded=Meaning("degradado", "degradado"),
    cut_off=Meaning("sin entrada: nadie llega a él", "sin entrada"),
    up=Meaning("sigue igual", "sigue igual"),
    needs=Meaning("necesita", "necesita"),
    helps=Meaning("le ayuda (sin él, se degrada)", "le ayuda"),
    joint=Meaning("todos a todos", "todos a todos"),
    stops=Meaning("la falla lo detiene", "lo detiene"),
    degrades=Meaning("la falla lo degrada", "lo degrada"),
    weak_point=Meaning("detiene la entrada o tumba la mitad o más", "punto único de falla"),
    says_fails="Si falla {names},",
    says_down="caídos: {names}",
    says_degraded="degradados: {names}",
    says_cut_off="sin entrada: {names}",
    says_tenants_down="{count} sin servicio",
    says_tenants_degraded="{count} con servicio degradado",
    says_missing="sin {names}",
    says_row="{name}: {reach}",
    says_weak="{name} (punto único de falla): {reach}",
)

ENGLISH = FailureWords(
    view="Dependencies and failures",
    example="Example: {name} fails. The table answers the same for each container and each VPS",
    continued="The table, page {page} of {pages}: what if each container or VPS fails",
    container=Noun("container", "containers"),
    tenant=Noun("tenant", "tenants"),
    other="One other container stays as it is",
    others="{count} other containers stay as they are",
    if_fails="If this fails",
    then="each container is",
    then_listed="this happens to the others",
    tenants="tenants",
    reach="reach",
    of="{touched} of {all}",
    weak="SPOF",
    nothing_else="nothing else",
    more="and {count} more",
    following="Goes on on page {page}",
    down=Meaning("down", "down"),
    degraded=Meaning("degraded", "degraded"),
    cut_off=Meaning("cut off: nobody gets to it", "cut off"),
    up=Meaning("as before", "as before"),
    needs=Meaning("needs", "needs"),
    helps=Meaning("helps it (without, it degrades)", "helps it"),
    joint=Meaning("each to each", "each to each"),
    stops=Meaning("the failure stops it", "stops it"),
    degrades=Meaning("the failure degrades it", "degrades it"),
    weak_point=Meaning("stops the entry or takes half or more down", "single point of failure"),
    says_fails="If {names} fails:",
    says_down="down: {names}",
    says_degraded="degraded: {names}",
    says_cut_off="cut off: {names}",
    says_tenants_down="{count} without service",
    says_tenants_degraded="{count} with degraded service",
    says_missing="without {names}",
    says_row="{name}: {reach}",
    says_weak="{name} (single point of failure): {reach}",
)


def counted(titles: Iterable[str]) -> tuple[str, ...]:
    """Names each title once, with how many have it."""
    return tuple(title if number == 1 else f"{title} ×{number}" for title, number in Counter(titles).items())


def failure_words(locale: str) -> FailureWords:
    """Returns the words of a locale such as ``es`` or ``es-HN``; other languages read English."""
    return SPANISH if locale.lower().startswith("es") else ENGLISH
