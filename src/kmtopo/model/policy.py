"""Policies, assumptions, acceptances and prose as written."""

from typing import Annotated, Literal

from pydantic import Field

from kmtopo.model.entry import STRING, Entry, Short
from kmtopo.model.names import Prose, Slug, Text
from kmtopo.model.quantities import CostText


class DenyEntry(Entry):
    """Who must not reach whom."""

    from_: Annotated[list[Text] | None, Short(STRING)] = Field(
        None,
        alias="from",
        description="Who: container, tenant, network (its members), VPS, `internet`, a list or glob.",
        examples=["internet"],
    )
    to: Annotated[list[Text] | None, Short(STRING)] = Field(
        None, description="Whom they must not reach, named alike.", examples=[["postgres", "redis"]]
    )


class PolicyEntry(Entry):
    """What must hold, and why."""

    deny: DenyEntry | None = Field(None, description="Who must not reach whom.")
    publish: Annotated[list[Slug] | None, Short(STRING)] = Field(
        None, description="The only containers that publish ports; loopback does not count.", examples=[["nginx"]]
    )
    isolate: Literal["tenants"] | None = Field(
        None, description="No tenant reaches another's data; paths through a proxy do not break it."
    )
    budget: CostText | None = Field(None, description="What may be spent at most.", examples=["250 USD/month"])
    like: Slug | None = Field(None, description="The environment that `environment` has to run the same as.")
    environment: Slug | None = Field(None, description="The environment that a `budget` or `like` speaks of.")
    except_: list[Text] | None = Field(
        None,
        alias="except",
        description="In what it may differ: scale, domain, tenants, tls, and addresses.",
        examples=[["scale", "domain", "tenants", "tls"]],
    )
    why: Prose | None = Field(None, description="Why it must hold; documents print it.")


class AssumptionEntry(Entry):
    """What the source documents do not say."""

    of: Text | None = Field(None, description="What is assumed: an address or glob.", examples=["containers.*.image"])
    why: Prose | None = Field(None, description="What is assumed and why; documents print it.")


class AcceptEntry(Entry):
    """A warning that is lived with, and why."""

    rule: Text | None = Field(None, description="The warning, by code or name.", examples=["image-unpinned"])
    of: Text | None = Field(None, description="What it is about: an address or glob.", examples=["containers.legacy"])
    why: Prose | None = Field(None, description="Why it is lived with; an owner would sign it.")


class DocsEntry(Entry):
    """Prose that no graph knows."""

    motivation: Prose | None = Field(None, description="Why it is deployed so.")
    quality: Prose | None = Field(None, description="Which qualities it has, and how they are reached.")
