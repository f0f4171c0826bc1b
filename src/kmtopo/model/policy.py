"""Policies, assumptions, acceptances and prose as written."""

from typing import Annotated, Literal

from pydantic import Field

from kmtopo.model.entry import STRING, Entry, Short
from kmtopo.model.names import Prose, Slug, Text
from kmtopo.model.quantities import CostText


class DenyEntry(Entry):
    """Who must not reach whom."""

    from_: Annotated[list[Text] | None, Short(STRING)] = Field(None, alias="from")
    to: Annotated[list[Text] | None, Short(STRING)] = None


class PolicyEntry(Entry):
    """What must hold, and why."""

    deny: DenyEntry | None = None
    publish: Annotated[list[Slug] | None, Short(STRING)] = None
    isolate: Literal["tenants"] | None = None
    budget: CostText | None = None
    like: Slug | None = None
    environment: Slug | None = None
    except_: list[Text] | None = Field(None, alias="except")
    why: Prose | None = None


class AssumptionEntry(Entry):
    """What the source documents do not say."""

    of: Text | None = None
    why: Prose | None = None


class AcceptEntry(Entry):
    """A warning that is lived with, and why."""

    rule: Text | None = None
    of: Text | None = None
    why: Prose | None = None


class DocsEntry(Entry):
    """Prose that no graph knows."""

    motivation: Prose | None = None
    quality: Prose | None = None
