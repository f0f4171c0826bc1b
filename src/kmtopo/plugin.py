"""The only door for generators, rules and container types: built-in and third-party generators import nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from kmtopo.addresses import Address
from kmtopo.artifacts import Artifact
from kmtopo.diagnostics import Diagnostic, Label, Severity, diagnose
from kmtopo.graph.graph import Edge, Graph, Relation
from kmtopo.graph.load import Load
from kmtopo.markup.pieces import Bullets, Code, Heading, Paragraph, Picture, Piece, Table, Text
from kmtopo.packages import API_VERSION
from kmtopo.records import Record
from kmtopo.records import field as option
from kmtopo.resolve.companies import Limits, Store, Tenancy, Tenant, Zone
from kmtopo.resolve.delivery import Delivery, deliver, passed_on, secret_path
from kmtopo.resolve.deployment import (
    Assumption,
    Attachment,
    Call,
    Capacity,
    Container,
    Dependency,
    Deployment,
    Environment,
    Host,
    Mount,
    Neighbour,
    Network,
    Project,
    Prose,
    Publication,
    Route,
    Tls,
    Volume,
    Vps,
)
from kmtopo.resolve.slots import Slot, slots
from kmtopo.rule import Check, Environments
from kmtopo.syntax.emit import Commented, Repeated
from kmtopo.types.memory import scratch
from kmtopo.types.runtime import (
    ContainerType,
    Cost,
    Deferred,
    ExtraVolume,
    Folder,
    GivenFile,
    Healthcheck,
    Peer,
    Port,
    Rate,
    Runtime,
    Secret,
    Setting,
    Tmpfs,
    ValuePart,
    Variable,
    http_probe,
)
from kmtopo.types.stores import Account, Clients, Company, DataStore, Group, Login, Space
from kmtopo.values import frozen

if TYPE_CHECKING:
    from kmtopo.graph.answers import Answers

__all__ = [
    "API_VERSION",
    "Account",
    "Address",
    "Artifact",
    "Assumption",
    "Attachment",
    "Block",
    "Box",
    "Bullets",
    "Call",
    "Capacity",
    "Check",
    "Clients",
    "Code",
    "Commented",
    "Company",
    "Container",
    "ContainerType",
    "Cost",
    "DataStore",
    "Deferred",
    "Delivery",
    "Dependency",
    "Deployment",
    "Diagnostic",
    "Edge",
    "Environment",
    "Environments",
    "ExtraVolume",
    "Folder",
    "Generator",
    "GivenFile",
    "Graph",
    "Group",
    "Heading",
    "Healthcheck",
    "Host",
    "Label",
    "Layout",
    "Limits",
    "Load",
    "Login",
    "Mount",
    "Neighbour",
    "Network",
    "Options",
    "OptionsT",
    "Paragraph",
    "Peer",
    "Picture",
    "Piece",
    "Placement",
    "Places",
    "Point",
    "Port",
    "Project",
    "Prose",
    "Publication",
    "Rate",
    "Relation",
    "Repeated",
    "Route",
    "Runtime",
    "Secret",
    "Setting",
    "Severity",
    "Slot",
    "Space",
    "Store",
    "Table",
    "Tenancy",
    "Tenant",
    "Text",
    "Tls",
    "Tmpfs",
    "Tools",
    "ValuePart",
    "Variable",
    "Volume",
    "Vps",
    "Writing",
    "Zone",
    "answers",
    "deliver",
    "diagnose",
    "frozen",
    "http_probe",
    "option",
    "passed_on",
    "scratch",
    "secret_path",
    "slots",
]


class Options(Record):
    """Base of a generator's options: the checked content of ``generators.<name>`` in topology.yaml."""


OptionsT = TypeVar("OptionsT", bound=Options)


Point = tuple[float, float]


@frozen
class Box:
    """A placed rectangle; px, from the top left."""

    x: float
    y: float
    width: float
    height: float


@frozen
class Placement:
    """Where a layout engine put things; px, from the top left.

    ``boxes`` are nodes by name, ``groups`` clusters by name without ``cluster_``, ``lines`` edges by their
    ``id``: cubic Bezier curves end to end, 3n + 1 points from the tail's border to the head's.
    """

    width: float
    height: float
    boxes: Mapping[str, Box]
    groups: Mapping[str, Box]
    lines: Mapping[str, tuple[Point, ...]]


Places = Callable[[Address], str]
"""``topology.yaml:40:3`` of an address, "" where it stands nowhere."""


class Layout(Protocol):
    """Places boxes; the real one drives Graphviz, the kit records."""

    def __call__(self, *dots: str) -> tuple[Placement | None, ...]:
        """Lays out text-free DOT graphs in one go; None in the place of each that the engine refuses."""


class Writing(Protocol):
    """Writes pieces of a document in a format by name: ``markdown``, ``asciidoc`` or ``restructuredtext``."""

    def __call__(self, format: str, pieces: Iterable[Piece], up: str = "") -> str:
        """Returns the text, every value quoted; ``up`` leads from the document to the environment's root."""


@frozen
class Tools:
    """What a pure generator may call: a layout engine, the YAML emitter (it writes ``Commented`` and ``Repeated`` values, too), templates, formats of documents.

    ``pictures`` are for those that ``shows``: what other generators drew of the environment, by the path of ``Picture``,
    each with its caption and alternative text.
    """

    layout: Layout
    yaml: Callable[[Any], str]
    template: Callable[[str, str], Any]
    markup: Writing
    pictures: Mapping[str, Picture] = field(default_factory=dict)


Block = Callable[[Graph, Mapping[str, Graph]], Iterable[Piece]]


@frozen
class Generator(Generic[OptionsT]):
    """A named pure function from a deployment graph to artifacts.

    ``generate`` reads no file, clock, environment variable or global; the same graph and
    options give the same artifacts in the same order. The conformance kit checks it.
    ``draws``: it only draws, so that ``check`` passes it over; ``shows``: it shows what others drew, and comes after them.
    ``renderers`` turn the text of an
    artifact into another format, by name (``png``); they raise ImportError where an extra is missing. ``surveys`` make
    one text of several environments, by name (``html``); ``Places`` tells in which line of which file an address stands.
    ``blocks`` are what it offers to documents, by name: pure functions from the graph of the environment that is shown,
    and those of all, to pieces; none where there is nothing to show.
    ``compares`` shows what became of one environment: from the graph before the change (None: there was no such
    environment), the one after it, and the name of the other side, to artifacts, which no build writes.
    """

    name: str
    summary: str
    options: type[OptionsT]
    generate: Callable[[Graph, OptionsT, Tools], Iterable[Artifact | Diagnostic]]
    api_version: int = API_VERSION
    draws: bool = False
    renderers: Mapping[str, Callable[[str], bytes]] = field(default_factory=dict)
    surveys: Mapping[str, Callable[[Mapping[str, Graph], Tools, Places], str]] = field(default_factory=dict)
    blocks: Mapping[str, Block] = field(default_factory=dict)
    compares: Callable[[Graph | None, Graph, str, Tools], Iterable[Artifact | Diagnostic]] | None = None
    shows: bool = False

    def __post_init__(self) -> None:
        if not (isinstance(self.options, type) and issubclass(self.options, Options)):
            raise TypeError(f"the options of generator {self.name} are not made of kmtopo.plugin.Options")


def answers(graph: Graph) -> Answers:
    """What the graph answers an architect: pictures and documents show these results and work out none of their own.

    ``impact``, ``weak_points``, ``matrix``, ``reach``, ``cost``, ``capacity``… are worked out when they are asked for.
    """
    from kmtopo.graph.answers import Answers

    return Answers(graph)
