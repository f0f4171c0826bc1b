"""What holds where the topology leaves a key out, for the reference; a test compares it with what is resolved."""

from __future__ import annotations

from collections.abc import Mapping

# By entry and key: a value of the language stands in backticks, everything else is prose.
DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "topology.yaml": {
        "kmtopo": "has to be there",
        "name": "has to be there",
        "title": "the `name`",
        "locale": "`en`",
        "pool": "`10.64.0.0/12`",
        "secrets": "`file`",
        "networks": "one, `default`, that is not internal",
        "environments": "has to be there",
    },
    "BuildEntry": {"context": "`.`", "dockerfile": "what Compose takes: `Dockerfile`", "target": "the last stage"},
    "CallEntry": {"for": "what the callee's type is for", "optional": "`false`"},
    "ContainerEntry": {
        "type": "`generic`",
        "title": "the type's, else the container's name",
        "image": "has to be there, or `build`",
        "vps": "the only one",
        "networks": "the only one, or `default`",
        "port": "the type's",
        "replicas": "`1`",
        "resources": "no limit, and KM518",
        "volumes": "a store's are its type's matter",
        "command": "the type's, else the image's",
        "process": "the type's first: `web`",
        "once": "`false`",
        "healthcheck": "the type's",
    },
    "EnvironmentEntry": {
        "title": "the environment's name",
        "stage": "`production`",
        "domain": "tenancy's",
        "tls": "`acme`",
        "scale": "`1`",
        "secrets": "the topology's",
        "vps": "the topology's",
        "tenants": "all",
    },
    "HealthcheckEntry": {"off": "`false`"},
    "LimitsEntry": {
        "rate": "`generators.nginx.client_rate`",
        "body": "the route's",
        "connections": "`generators.nginx.client_connections`",
    },
    "NetworkEntry": {
        "title": "the network's name",
        "internal": "`true`",
        "subnet": "allocated from the `pool`",
        "encrypted": "`false`",
    },
    "ResourcesEntry": {"cpu": "no limit", "memory": "no limit"},
    "RouteEntry": {
        "to": "has to be there",
        "websocket": "`false`",
        "body": "`1MiB`",
        "timeout": "`60s`",
        "rate": "the tenant's",
        "strip": "`false`",
    },
    "ScaleEntry": {"cpu": "`1`", "memory": "`1`", "disk": "`1`", "replicas": "no ceiling"},
    "TenancyEntry": {
        "flavor": "`custom`",
        "domain": "has to be there, or in tenants or environments",
        "placement": "`pooled`",
        "dedicates": "nothing but whatever calls one of the `stores`",
        "connections": "`10`",
        "provisioning": "`kmtopo`",
    },
    "TenantEntry": {
        "title": "the tenant's name",
        "domain": "tenancy's pattern",
        "placement": "tenancy's",
        "limits": "those of `generators.nginx`",
        "resources": "the original's",
        "central": "`false`",
        "reads": "its own alone",
    },
    "TlsEntry": {"mode": "`acme`", "trusted": "nobody's"},
    "VolumeEntry": {"path": "the type's", "size": "not planned"},
    "VpsEntry": {
        "title": "the machine's name",
        "capacity": "not checked",
        "reserve": "nothing",
        "cost": "nothing",
    },
    "ZoneEntry": {"title": "the zone's name"},
}
