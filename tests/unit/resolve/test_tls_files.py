"""Certificates that the operator has: found on the machine or beside the topology, and mounted for Nginx alone."""

from __future__ import annotations

import pytest
import yaml

from kmtopo.report.words import summary
from topologies import built, checked, told

SHOP = """\
kmtopo: 1
name: shop
vps: {main: {address: 203.0.113.7}}
containers:
  nginx: {type: nginx, image: "nginx:1.29.8", publish: [80, 443], routes: {/: web}, resources: {cpu: 1, memory: 1GiB}}
  web: {type: static, image: "shop/web:1.0.0", resources: {cpu: 1, memory: 1GiB}}
environments:
  live: {domain: shop.example, tls: TLS}
"""


def with_tls(tls: str) -> str:
    return SHOP.replace("TLS", tls)


def test_they_are_mounted_where_nginx_reads_them() -> None:
    build = built(with_tls("{certificate: certificates/shop.pem, key: /etc/ssl/private/shop.key}"))
    files = {str(a.path): a.content for _, a in build.artifacts["live"]}
    services = yaml.safe_load(files["main/compose.yaml"])["services"]
    mounted = [v for v in services["nginx"]["volumes"] if "tls" in v["target"]]

    assert [(v["type"], v["source"], v["target"], v["read_only"]) for v in mounted] == [
        ("bind", "../../../certificates/shop.pem", "/etc/kmtopo/tls/certificate.pem", True),
        ("bind", "/etc/ssl/private/shop.key", "/etc/kmtopo/tls/key.pem", True),
    ]
    assert "volumes" not in services["web"]
    assert files["main/nginx/tls.conf"].splitlines()[-2:] == [
        "ssl_certificate /etc/kmtopo/tls/certificate.pem;",
        "ssl_certificate_key /etc/kmtopo/tls/key.pem;",
    ]


def test_root_may_read_a_key_that_is_its_owners_alone() -> None:
    proxy = checked(with_tls("{certificate: a.pem, key: a.key}")).deployments["live"].containers["nginx"]

    assert proxy.runtime.capabilities == ("CHOWN", "DAC_OVERRIDE", "SETGID", "SETUID")
    assert proxy.secrets == ()


@pytest.mark.parametrize(
    ("tls", "said"),
    [
        ("{certificate: a.pem}", ["the setting has no `key`"]),
        ("{mode: files, key: a.key}", ["the setting has no `certificate`"]),
        ("{mode: files}", ["the setting has no `certificate`", "the setting has no `key`"]),
        ("{certificate: 'a;b.pem', key: a.key}", ["`a;b.pem` is not a path"]),
        ("{certificate: /etc/../a.pem, key: a.key}", ["`/etc/../a.pem` is not a path"]),
    ],
)
def test_half_of_a_pair_and_what_is_no_path_are_told(tls: str, said: list[str]) -> None:
    assert [summary(d, "en") for d in checked(with_tls(tls)).diagnostics] == said


@pytest.mark.parametrize(("tls", "codes"), [("false", ["KM528"]), ("external", ["KM528", "KM529"])])
def test_who_ends_no_tls_needs_no_443(tls: str, codes: list[str]) -> None:
    assert [code for code, _, _ in told(checked(with_tls(tls)))] == codes
    assert told(checked(with_tls(tls).replace("[80, 443]", "[80]")))[-1:] == (
        [("KM529", 8, 37)] if tls == "external" else []
    )
