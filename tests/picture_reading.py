"""Pictures as tests read them, and a title that tries to break out of every format."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import diagram_fake as fake
from kmtopo.generation import tools
from kmtopo.plugin import Artifact, Graph
from kmtopo_diagram import DiagramOptions, ViewName, generator

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "; } { $ ' \" \\ < > & é 😀 ../ ${x} ]]> --> <script>alert(1)</script>"
TITLED = ("project", "environment", "machine", "network", "container")


def drawn(graph: Graph, view: ViewName) -> dict[str, str]:
    """Every SVG of a view, by the name of its file."""
    made = generator.generate(graph, DiagramOptions(views=(view,), formats=("svg",)), tools())
    return {each.path.name: each.content for each in made if isinstance(each, Artifact)}


def light(graph: Graph, view: ViewName) -> list[str]:
    """A view's pictures with a light ground."""
    return [svg for name, svg in drawn(graph, view).items() if name.endswith(".light.svg")]


def texts(svg: str) -> list[str]:
    """What is written in a picture, in the order of the file."""
    return [e.text or "" for e in ET.fromstring(svg).iter() if e.tag in (f"{SVG}text", f"{SVG}tspan")]


def everything(svg: str) -> str:
    """All that is written in a picture, tips and descriptions too."""
    return "\n".join(element.text or "" for element in ET.fromstring(svg).iter())


def groups(svg: str, kind: str) -> list[ET.Element]:
    """The groups of a kind."""
    return [group for group in ET.fromstring(svg).iter(f"{SVG}g") if group.get("class") == kind]


def hostile(place: str) -> Graph:
    """A site of which one thing, one of ``TITLED``, has the hostile title."""
    titles = {name: HOSTILE if name == place else name for name in TITLED}
    return fake.graph(
        [fake.container("web", title=titles["container"], publish=[("203.0.113.1", 80, 3000)])],
        [fake.network("default", titles["network"], internal=False)],
        [fake.vps(title=titles["machine"])],
        title=titles["project"],
        environment=("production", titles["environment"], "production"),
    )
