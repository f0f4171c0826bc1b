"""Policies, assumptions, acceptances and prose as written."""

from typing import Annotated, Literal

from kmtopo.model.entry import STRING, Entry
from kmtopo.model.names import Prose, Slug, Text
from kmtopo.model.quantities import CostText
from kmtopo.records import Short, field


class DenyEntry(Entry):
    """Who must not reach whom."""

    from_: Annotated[list[Text] | None, Short(STRING)] = field(
        None,
        alias="from",
        description="Who: container, tenant, network (its members), VPS, `internet`, a list or glob.",
        examples=["internet"],
    )
    to: Annotated[list[Text] | None, Short(STRING)] = field(
        None, description="Whom they must not reach, named alike.", examples=[["postgres", "redis"]]
    )


class PolicyEntry(Entry):
    """What must hold, and why."""

    deny: DenyEntry | None = field(None, description="Who must not reach whom.")
    publish: Annotated[list[Slug] | None, Short(STRING)] = field(
        None, description="The only containers that publish ports; loopback does not count.", examples=[["nginx"]]
    )
    isolate: Literal["tenants"] | None = field(
        None, description="No tenant reaches another's data; paths through a proxy do not break it."
    )
    budget: CostText | None = field(None, description="What may be spent at most.", examples=["250 USD/month"])
    like: Slug | None = field(None, description="The environment that `environment` has to run the same as.")
    environment: Slug | None = field(None, description="The environment that a `budget` or `like` speaks of.")
    except_: list[Text] | None = field(
        None,
        alias="except",
        description="In what it may differ: scale, domain, tenants, tls, and addresses.",
        examples=[["scale", "domain", "tenants", "tls"]],
    )
    why: Prose | None = field(None, description="Why it must hold; documents print it.")


class AssumptionEntry(Entry):
    """What the source documents do not say."""

    of: Text | None = field(None, description="What is assumed: an address or glob.", examples=["containers.*.image"])
    why: Prose | None = field(None, description="What is assumed and why; documents print it.")


class AcceptEntry(Entry):
    """A warning that is lived with, and why."""

    rule: Text | None = field(None, description="The warning, by code or name.", examples=["image-unpinned"])
    of: Text | None = field(None, description="What it is about: an address or glob.", examples=["containers.legacy"])
    why: Prose | None = field(None, description="Why it is lived with; an owner would sign it.")


class DocsEntry(Entry):
    """Prose that no graph knows."""

    motivation: Prose | None = field(None, description="Why it is deployed so.")
    quality: Prose | None = field(None, description="Which qualities it has, and how they are reached.")
