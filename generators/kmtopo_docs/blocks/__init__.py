"""What documents can show of an environment, piece by piece; the chapter is made of the same."""

from __future__ import annotations

from kmtopo.plugin import Block
from kmtopo_docs.blocks.capacity import capacity
from kmtopo_docs.blocks.containers import containers
from kmtopo_docs.blocks.cost import cost
from kmtopo_docs.blocks.environments import environments
from kmtopo_docs.blocks.failures import failures
from kmtopo_docs.blocks.matrix import calls, matrix
from kmtopo_docs.blocks.networks import networks
from kmtopo_docs.blocks.said import assumptions, motivation, quality
from kmtopo_docs.blocks.tenants import tenants

BLOCKS: dict[str, Block] = {
    "assumptions": assumptions,
    "calls": calls,
    "capacity": capacity,
    "containers": containers,
    "cost": cost,
    "environments": environments,
    "failures": failures,
    "matrix": matrix,
    "motivation": motivation,
    "networks": networks,
    "quality": quality,
    "tenants": tenants,
}
