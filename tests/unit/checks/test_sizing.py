"""Programs that the file sizes itself, held against the limit of their container."""

from __future__ import annotations

import pytest

from kmtopo.report.words import summary
from topologies import checked

STORE = """\
kmtopo: 1
name: shop
vps: {main: {}}
containers:
  store: {type: TYPE, image: "IMAGE", command: COMMAND, resources: {cpu: 1, memory: 1GiB}}
environments: {live: {}}
"""
IMAGES = {"postgres": "postgres:17.6", "mongodb": "mongo:8.0.13", "redis": "redis:7.4.5"}
USERS = "sh /etc/kmtopo/redis/users.sh write && exec redis-server --aclfile /run/redis/users.acl"


def said(kind: str, command: str) -> list[str]:
    text = STORE.replace("TYPE", kind).replace("IMAGE", IMAGES[kind]).replace("COMMAND", command)
    return [summary(d, "en") for d in checked(text).diagnostics]


@pytest.mark.parametrize(
    ("kind", "command", "told"),
    [
        (
            "postgres",
            "postgres -c shared_buffers=900MB",
            ["`store` may take 1.27 GiB by these settings, and has 1 GiB"],
        ),
        ("postgres", "[postgres, -c, shared_buffers=256MB, -c, max_connections=50]", []),
        ("postgres", "postgres --work_mem=32MB", ["`store` may take 3.12 GiB by these settings, and has 1 GiB"]),
        ("postgres", "postgres -c work_mem=8192 -c max_connections=100", []),
        ("postgres", "postgres -c log_statement=all", []),
        ("postgres", "postgres -c shared_buffers=lots -c work_mem=4MB", []),
        ("mongodb", "mongod --wiredTigerCacheSizeGB=0.75", ["the cache of `store` takes 768 MiB of its 1 GiB"]),
        ("mongodb", "[mongod, --wiredTigerCacheSizeGB, '0.5']", []),
        ("mongodb", "mongod --bind_ip_all", []),
        ("redis", f"{USERS} --maxmemory 900mb", ["`store` may fill 900 MiB of its 1 GiB"]),
        ("redis", f'sh -c "{USERS} --maxmemory 700mb"', []),
        ("redis", USERS, ["nothing keeps `store` below its 1 GiB"]),
        ("redis", "redis-server --appendonly yes", []),
    ],
)
def test_what_it_takes_is_reckoned_from_its_command(kind: str, command: str, told: list[str]) -> None:
    assert said(kind, command) == told
