"""The words of the call matrix, in the topology's language."""

from __future__ import annotations

from kmtopo.plugin import frozen
from kmtopo_diagram.subject.words import ENGLISH, SPANISH, Meaning, Noun, Words


@frozen
class MatrixWords:
    """What a call matrix says besides what every picture says."""

    general: Words
    view: str
    declared: Noun
    undeclared: Noun
    rule: str
    rule_of_groups: str
    unused: str
    through: str
    outside: str
    more: str
    legend_declared: Meaning
    legend_optional: Meaning
    legend_undeclared: Meaning
    legend_through: Meaning
    legend_public: Meaning
    says_calls: str
    says_reaches: str


_SPANISH = MatrixWords(
    general=SPANISH,
    view="Llamadas entre servicios",
    declared=Noun("llamada declarada", "llamadas declaradas"),
    undeclared=Noun("alcance sin declarar", "alcances sin declarar"),
    rule="la fila llama a la columna",
    rule_of_groups="alguien de la fila llama a alguien de la columna",
    unused="alcanzable sin uso declarado",
    through="a través de un proxy",
    outside="Fuera",
    more="{count} más",
    legend_declared=Meaning("llamada declarada", "declarada"),
    legend_optional=Meaning("opcional (degrada)", "opcional"),
    legend_undeclared=Meaning("alcanzable sin uso declarado", "sin declarar"),
    legend_through=Meaning("a través de un proxy", "por un proxy"),
    legend_public=Meaning("por un puerto publicado", "puerto publicado"),
    says_calls="{caller} llama a {callees}.",
    says_reaches="{caller} alcanza sin declararlo a {callees}.",
)

_ENGLISH = MatrixWords(
    general=ENGLISH,
    view="Calls between services",
    declared=Noun("declared call", "declared calls"),
    undeclared=Noun("undeclared reach", "undeclared reaches"),
    rule="the row calls the column",
    rule_of_groups="somebody of the row calls somebody of the column",
    unused="reachable, use not declared",
    through="through a proxy",
    outside="Outside",
    more="{count} more",
    legend_declared=Meaning("declared call", "declared"),
    legend_optional=Meaning("optional (degrades)", "optional"),
    legend_undeclared=Meaning("reachable, use not declared", "undeclared"),
    legend_through=Meaning("through a proxy", "by a proxy"),
    legend_public=Meaning("by a published port", "published port"),
    says_calls="{caller} calls {callees}.",
    says_reaches="{caller} reaches, undeclared, {callees}.",
)


def matrix_words(locale: str) -> MatrixWords:
    """Returns the words of a locale; other languages than Spanish read English."""
    return _SPANISH if locale.lower().startswith("es") else _ENGLISH
