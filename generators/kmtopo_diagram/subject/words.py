"""The words of the pictures, in the topology's language."""

from __future__ import annotations

from collections.abc import Sequence

from kmtopo.plugin import frozen


@frozen
class Noun:
    """A countable thing."""

    one: str
    many: str

    def counted(self, number: int) -> str:
        """Returns ``1 red``, ``3 redes``."""
        return f"{number} {self.one if number == 1 else self.many}"


@frozen
class Meaning:
    """What a mark of the legend means, in full and in a word for crowded legends."""

    full: str
    short: str


@frozen
class Words:
    """Everything that a deployment picture says by itself."""

    language: str
    decimal_mark: str
    conjunction: str
    month: str
    view: str
    machine: Noun
    idle: Noun
    container: Noun
    network: Noun
    tenant: Noun
    dedicated: Noun
    zone: Noun
    port: Noun
    call: Noun
    internet: str
    clients: str
    clients_of_tenants: str
    developer: str
    same_machine: str
    publishes: str
    engine_from: str
    internal: str
    optional: str
    once_before: str
    shared_volume: str
    mounted_code: str
    carries_also: str
    elsewhere: Noun
    more: str
    rest_at_most: str
    outside_system: Noun
    cpu_limits: Meaning
    memory_limits: Meaning
    disk_in_volumes: Meaning
    legend_taps: Meaning
    legend_call: Meaning
    legend_optional: Meaning
    legend_joint: Meaning
    legend_port: Meaning
    legend_loopback: Meaning
    legend_entry: Meaning
    legend_worker: Meaning
    legend_job: Meaning
    legend_store: Meaning
    legend_volume: Meaning
    legend_code: Meaning
    legend_elsewhere: Meaning
    legend_merged: Meaning
    legend_bar: Meaning
    legend_tight: Meaning
    legend_spread: Meaning
    legend_over: Meaning
    says_enters: str
    says_runs: str
    says_network: str
    says_calls: str
    says_optional: str
    says_merged: str
    says_within: str
    says_dedicated: str
    says_folded: str

    def listed(self, items: Sequence[str]) -> str:
        """Joins ``a``, ``a y b``, ``a, b y c``."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.conjunction} {items[-1]}"


SPANISH = Words(
    language="es",
    decimal_mark=",",
    conjunction="y",
    month="mes",
    view="Despliegue",
    machine=Noun("VPS", "VPS"),
    idle=Noun("VPS sin contenedores", "VPS sin contenedores"),
    container=Noun("contenedor", "contenedores"),
    network=Noun("red", "redes"),
    tenant=Noun("tenencia", "tenencias"),
    dedicated=Noun("tenencia dedicada", "tenencias dedicadas"),
    zone=Noun("zona", "zonas"),
    port=Noun("puerto", "puertos"),
    call=Noun("llamada", "llamadas"),
    internet="Internet",
    clients="Clientes",
    clients_of_tenants="Sucursales y clientes",
    developer="Desarrollador",
    same_machine="desde el mismo equipo",
    publishes="publica",
    engine_from="Docker Engine {version} o posterior",
    internal="interna",
    optional="opcional",
    once_before="corre una vez, antes que {others}",
    shared_volume="volumen compartido {volume}",
    mounted_code="código montado de {folder}",
    carries_also="también {environments}",
    elsewhere=Noun("en otra máquina", "en otras máquinas"),
    more="{count} más",
    rest_at_most="y {count} más, a lo sumo",
    outside_system=Noun("sistema ajeno", "sistemas ajenos"),
    cpu_limits=Meaning("Límites de CPU", "CPU"),
    memory_limits=Meaning("Límites de memoria", "Memoria"),
    disk_in_volumes=Meaning("Volúmenes", "Volúmenes"),
    legend_taps=Meaning("redes del contenedor", "sus redes"),
    legend_call=Meaning("llamada, cliente a servidor", "llamada"),
    legend_optional=Meaning("opcional (degrada)", "opcional"),
    legend_joint=Meaning("todos llaman a todos", "todos a todos"),
    legend_port=Meaning("puerto en que escucha", "puerto"),
    legend_loopback=Meaning("publicado solo en 127.0.0.1", "en 127.0.0.1"),
    legend_entry=Meaning("punto de entrada", "entrada"),
    legend_worker=Meaning("proceso sin puerto", "sin puerto"),
    legend_job=Meaning("corre una vez, antes que los demás", "corre antes"),
    legend_store=Meaning("guarda datos", "datos"),
    legend_volume=Meaning("monta un volumen", "volumen"),
    legend_code=Meaning("monta código del equipo", "código"),
    legend_elsewhere=Meaning("contenedor de otra máquina", "otra máquina"),
    legend_bar=Meaning("lo que ocupan sus límites y volúmenes", "ocupado"),
    legend_merged=Meaning("llamadas entre dos máquinas (grosor: cuántas)", "llamadas (grosor: cuántas)"),
    legend_tight=Meaning("al límite", "al límite"),
    legend_spread=Meaning("más de lo que hay: se reparte", "más de lo que hay"),
    legend_over=Meaning("no cabe", "no cabe"),
    says_enters="{who} entra por {entries}.",
    says_runs="{machine} corre {containers} en {networks}.",
    says_network="{network}: {members}.",
    says_calls="{caller} llama a {callees}.",
    says_optional="{callee} (opcional)",
    says_within="{calls} entre sí",
    says_merged="De {caller} a {callee}: {calls}.",
    says_dedicated="{container} de {owner}",
    says_folded="se muestra una de {owners}",
)

ENGLISH = Words(
    language="en",
    decimal_mark=".",
    conjunction="and",
    month="month",
    view="Deployment",
    machine=Noun("VPS", "VPS"),
    idle=Noun("VPS without containers", "VPS without containers"),
    container=Noun("container", "containers"),
    network=Noun("network", "networks"),
    tenant=Noun("tenant", "tenants"),
    dedicated=Noun("dedicated tenant", "dedicated tenants"),
    zone=Noun("zone", "zones"),
    port=Noun("port", "ports"),
    call=Noun("call", "calls"),
    internet="Internet",
    clients="Clients",
    clients_of_tenants="Branches and clients",
    developer="Developer",
    same_machine="on the same machine",
    publishes="publishes",
    engine_from="Docker Engine {version} or later",
    internal="internal",
    optional="optional",
    once_before="runs once, before {others}",
    shared_volume="shared volume {volume}",
    mounted_code="code mounted from {folder}",
    carries_also="{environments} too",
    elsewhere=Noun("on another machine", "on other machines"),
    more="{count} more",
    rest_at_most="and {count} more, at most",
    outside_system=Noun("system of others", "systems of others"),
    cpu_limits=Meaning("CPU limits", "CPU"),
    memory_limits=Meaning("Memory limits", "Memory"),
    disk_in_volumes=Meaning("Volumes", "Volumes"),
    legend_taps=Meaning("networks of the container", "its networks"),
    legend_call=Meaning("call, client to server", "call"),
    legend_optional=Meaning("optional (degrades)", "optional"),
    legend_joint=Meaning("each calls each", "each to each"),
    legend_port=Meaning("port it listens on", "port"),
    legend_loopback=Meaning("published on 127.0.0.1 only", "on 127.0.0.1"),
    legend_entry=Meaning("entry point", "entry"),
    legend_worker=Meaning("process without a port", "no port"),
    legend_job=Meaning("runs once, before the others", "runs first"),
    legend_store=Meaning("keeps data", "data"),
    legend_volume=Meaning("mounts a volume", "volume"),
    legend_code=Meaning("mounts code of this machine", "code"),
    legend_elsewhere=Meaning("container of another machine", "other machine"),
    legend_bar=Meaning("what its limits and volumes take up", "taken up"),
    legend_merged=Meaning("calls between two machines (width: how many)", "calls (width: how many)"),
    legend_tight=Meaning("at the limit", "at the limit"),
    legend_spread=Meaning("more than there is: it is shared out", "more than there is"),
    legend_over=Meaning("does not fit", "does not fit"),
    says_enters="{who} enters through {entries}.",
    says_runs="{machine} runs {containers} on {networks}.",
    says_network="{network}: {members}.",
    says_calls="{caller} calls {callees}.",
    says_optional="{callee} (optional)",
    says_within="{calls} among them",
    says_merged="From {caller} to {callee}: {calls}.",
    says_dedicated="{container} of {owner}",
    says_folded="one of {owners} is shown",
)


def words_for(locale: str) -> Words:
    """Returns the words of a locale such as ``es`` or ``es-HN``; other languages read English."""
    return SPANISH if locale.lower().startswith("es") else ENGLISH
