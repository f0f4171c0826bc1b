"""Names: what may reach a generated file, and what may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from kmtopo.model import names
from kmtopo.types.runtime import Port

HOSTILE = [";", "}", "{", "$x", "'", '"', "\\", "\n", "../", "${x}", "a b", "#", "~", "\0", "a;b", "é;", "-a", "a-"]


@pytest.mark.parametrize(
    ("read", "value", "meant"),
    [
        (names.slug, "km-motos", "km-motos"),
        (names.domain, "WWW.Example.com", "www.example.com"),
        (names.domain, "café.example", "xn--caf-dma.example"),
        (names.domain, "*.example.com", "*.example.com"),
        (names.domain_pattern, "{tenant}.pruebas.kmmotos.hn", "{tenant}.pruebas.kmmotos.hn"),
        (names.subnet, "10.20.0.0/24", "10.20.0.0/24"),
        (names.image, "registry.example:5000/team/app:1.2", "registry.example:5000/team/app:1.2"),
        (names.port, 3000, Port(3000, "")),
        (names.port, "9000/fastcgi", Port(9000, "fastcgi")),
        (names.port, "3478/udp", Port(3478, "udp", "udp")),
        (names.publish, "443", (None, 443, 443, "tcp")),
        (names.publish, "8443:443", (None, 8443, 443, "tcp")),
        (names.publish, "127.0.0.1:8080:80", ("127.0.0.1", 8080, 80, "tcp")),
        (names.publish, "127.0.0.1::80", ("127.0.0.1", None, 80, "tcp")),
        (names.publish, "[::1]:53:53/udp", ("::1", 53, 53, "udp")),
        (names.route_path, "/", "/"),
        (names.route_path, "oficina/api", "oficina/api"),
        (names.project_path, "../backend", "../backend"),
    ],
)
def test_a_name_is_read(read: Callable[[Any], Any], value: Any, meant: Any) -> None:
    assert read(value) == meant


@pytest.mark.parametrize("read", [names.slug, names.domain, names.domain_pattern, names.image, names.env_key])
@pytest.mark.parametrize("value", HOSTILE)
def test_nothing_hostile_is_a_name(read: Callable[[Any], Any], value: str) -> None:
    with pytest.raises(PydanticCustomError):
        read(value)


@pytest.mark.parametrize("read", [names.route_path, names.container_path, names.publish, names.port, names.secret_name])
@pytest.mark.parametrize("value", HOSTILE)
def test_nothing_hostile_is_a_path_or_port(read: Callable[[Any], Any], value: str) -> None:
    with pytest.raises(PydanticCustomError):
        read(value)


@pytest.mark.parametrize("value", ["cars..kmmotos.hn", "a" * 64 + ".hn", ".hn", "1.2.3.4", "{tenant}.{x}.hn", "a_b.hn"])
def test_a_broken_host_is_refused(value: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        names.domain_pattern(value)
    assert refused.value.type == "KM208"


@pytest.mark.parametrize(
    ("read", "value", "right"),
    [
        (names.domain, "cars..kmmotos.hn", "cars.kmmotos.hn"),
        (names.domain, "https://Shop.example:8443/es", "shop.example"),
        (names.domain, "km_motos.hn", "km-motos.hn"),
        (names.domain_pattern, "{empresa}.kmmotos.hn", "{tenant}.kmmotos.hn"),
        (names.domain_pattern, "{tenant}..kmmotos.hn", "{tenant}.kmmotos.hn"),
        (names.subnet, "10.20.0.7/24", "10.20.0.0/24"),
        (names.image, "Nginx:1.29.8", "nginx:1.29.8"),
        (names.image, "https://registry.example/app:1", "registry.example/app:1"),
    ],
)
def test_what_was_probably_meant_is_offered(read: Callable[[Any], Any], value: str, right: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        read(value)
    assert refused.value.context == {
        "code": refused.value.type,
        "help": "right",
        "value": value,
        "right": right,
    }


@pytest.mark.parametrize(
    ("read", "value", "help_"),
    [
        (names.domain, "192.0.2.1", ""),
        (names.domain, "{tenant}.kmmotos.hn", ""),
        (names.subnet, "10.20.0.0/40", "cidr"),
        (names.ip, "10.20.0", "ip"),
        (names.image, "nginx latest", ""),
        (names.publish, "80-90", "publish"),
        (names.port, 70000, "port"),
        (names.route_path, "api", "route"),
        (names.container_path, "html", "container"),
        (names.project_path, "a//b", "project"),
        (names.secret_name, "mail-password", "secret"),
        (names.title, "", "one-line"),
        (names.count, 0, "count"),
        (names.text, [], "text"),
        (names.flag, "perhaps", "boolean"),
    ],
)
def test_what_could_mean_anything_is_answered_with_how_such_are_written(
    read: Callable[[Any], Any], value: Any, help_: str
) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        read(value)
    assert (refused.value.context or {})["help"] == help_


@given(st.text(max_size=60))
def test_the_nearest_slug_is_a_slug(text: str) -> None:
    assert names.is_slug(names.slug_of(text))


@given(st.text(max_size=300))
def test_a_path_of_any_text_is_judged_quickly(text: str) -> None:
    for read in (names.project_path, names.container_path, names.route_path, names.image):
        try:
            assert read(text)
        except PydanticCustomError as refused:
            assert refused.type.startswith("KM")
