"""The words of the networks' view, in the topology's language."""

from __future__ import annotations

from kmtopo.plugin import frozen
from kmtopo_diagram.subject.words import ENGLISH, SPANISH, Meaning, Noun, Words


@frozen
class NetworkWords:
    """What a picture of the networks says besides what every picture says."""

    general: Words
    view: str
    call: Noun
    rule: str
    public: str
    published: Noun
    machine: str
    loopback: str
    no_exit: str
    no_network: str
    outside: str
    says_serves: str
    legend_attached: Meaning
    legend_absent: Meaning
    legend_call: Meaning
    legend_optional: Meaning
    legend_away: Meaning
    legend_no_exit: Meaning


_SPANISH = NetworkWords(
    general=SPANISH,
    view="Segmentación de red",
    call=Noun("llamada", "llamadas"),
    rule="un servicio solo alcanza a los que comparten su banda",
    public="Red pública",
    published=Noun("puerto publicado", "puertos publicados"),
    machine="Este equipo",
    loopback="publicado solo en 127.0.0.1",
    no_exit="interna, sin salida",
    no_network="Sin red que los una",
    outside="fuera",
    says_serves="{server} atiende a {clients}.",
    legend_attached=Meaning("conectado", "conectado"),
    legend_absent=Meaning("no conectado", "no conectado"),
    legend_call=Meaning("clientes y puerto", "clientes"),
    legend_optional=Meaning("opcional (degrada)", "opcional"),
    legend_away=Meaning("en otro VPS o fuera", "en otra parte"),
    legend_no_exit=Meaning("sin salida a Internet", "sin salida"),
)

_ENGLISH = NetworkWords(
    general=ENGLISH,
    view="Network segmentation",
    call=Noun("call", "calls"),
    rule="a service reaches only those that share its band",
    public="Public network",
    published=Noun("published port", "published ports"),
    machine="This machine",
    loopback="published on 127.0.0.1 only",
    no_exit="internal, no way out",
    no_network="No network in common",
    outside="outside",
    says_serves="{server} serves {clients}.",
    legend_attached=Meaning("attached", "attached"),
    legend_absent=Meaning("not attached", "not attached"),
    legend_call=Meaning("clients and port", "clients"),
    legend_optional=Meaning("optional (degrades)", "optional"),
    legend_away=Meaning("on another VPS or outside", "elsewhere"),
    legend_no_exit=Meaning("no way out to the Internet", "no way out"),
)


def network_words(locale: str) -> NetworkWords:
    """Returns the words of a locale; other languages than Spanish read English."""
    return _SPANISH if locale.lower().startswith("es") else _ENGLISH
