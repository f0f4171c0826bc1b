"""What tests of secrets share: small topologies by keeper, folders to keep secrets in, and short ways to the commands."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from kmtopo.diagnostics import Diagnostic
from kmtopo.resolve.deployment import Deployment
from kmtopo.resolve.slots import Slot, slots
from kmtopo.secrets.creation import Made, create
from kmtopo.secrets.examination import examine
from kmtopo.secrets.rotation import Rotated, rotate
from topologies import checked

# Who needs what: Redis a password, the API that and one of its own, Nginx a certificate and its key.
SHOP = """\
kmtopo: 1
name: shop
vps: {server: {address: 203.0.113.7}}
containers:
  proxy: {type: nginx, image: "nginx:1.29.5", publish: [443], routes: {/: api}}
  api:
    type: generic
    image: shop/api:1.0.0
    port: 3000
    env: {SMTP_PASSWORD: "${secrets.mail_password}", REDIS_PASSWORD: "${secrets.redis_password}"}
  redis: {type: redis, image: "redis:7.4.1"}
environments:
  test: {domain: [shop.test, "*.shop.test"], tls: self-signed, secrets: KEEPER}
  live:
    domain: shop.example
    tls: {mode: external}
    secrets: KEEPER
    containers: {proxy: {publish: ["127.0.0.1:8080:80"]}}
"""
APPLICATION = """\
kmtopo: 1
name: shop
vps: {server: {address: 203.0.113.7}}
containers:
  app: {type: laravel, image: "shop/app:1.0.0"}
  queue: {extends: app, process: queue}
environments:
  live: {domain: shop.example, secrets: KEEPER}
"""
STRONG = b"0123456789abcdefghijklmnopqrstuv"


def shop(environment: str = "test", keeper: str = "file", text: str = SHOP) -> Deployment:
    """One environment of the shop."""
    return checked(text.replace("KEEPER", keeper)).deployments[environment]


def slot(deployment: Deployment, name: str) -> Slot:
    """One slot of an environment, by name."""
    return next(each for each in slots(deployment) if each.name == name)


def init(folder: Path, deployment: Deployment, variables: Mapping[str, str] | None = None) -> Made:
    """``secrets init`` for one environment."""
    return create(folder, deployment, variables or {})


def check(folder: Path, *deployments: Deployment, variables: Mapping[str, str] | None = None) -> list[str]:
    """``secrets check`` for environments: code, variant and path of each finding."""
    return told(examined(folder, *deployments, variables=variables))


def examined(
    folder: Path, *deployments: Deployment, variables: Mapping[str, str] | None = None
) -> tuple[Diagnostic, ...]:
    """``secrets check`` for environments."""
    return examine(folder, deployments, [each.environment.name for each in deployments], variables or {})


def renew(folder: Path, deployment: Deployment, name: str) -> Rotated:
    """``secrets rotate`` for one slot."""
    return rotate(folder, deployment, slot(deployment, name), {})


def told(found: tuple[Diagnostic, ...], folder: Path | None = None) -> list[str]:
    """Code, variant and path of each diagnostic, on one line."""
    return [
        " ".join(
            filter(None, (d.code, d.help, d.values.get("path") or d.values.get("paths") or d.values.get("program")))
        )
        for d in found
    ]


def repository(folder: Path) -> None:
    """Makes a folder a repository of git that has what lies in it."""
    git(folder, "init", "--quiet")


def git(folder: Path, *words: str) -> str:
    """What git says of a folder."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@shop.example")
    return subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def contents(folder: Path, place: str = "secrets") -> dict[str, bytes]:
    """The files below a folder, by path."""
    files = sorted(path for path in (folder / place).rglob("*") if path.is_file())
    return {path.relative_to(folder / place).as_posix(): path.read_bytes() for path in files}
