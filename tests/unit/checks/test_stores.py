"""Rules about data stores where a page of theirs shows too little."""

from __future__ import annotations

import pytest

from topologies import KMMOTOS, checked, told

SHOP = """\
kmtopo: 1
name: shop
vps: {main: {}}
defaults: {containers: {resources: {cpu: 1, memory: 1GiB}}}
containers:
  web: {type: generic, image: shop/web:1.0.0, uses: {STORE: {}}, EXTRA}
  jobs: {extends: web}
  STORE: {type: TYPE, image: "store:1.0.0"}
environments: {production: {}}
"""


def found(kind: str, store: str, extra: str) -> list[tuple[str, int, int]]:
    text = SHOP.replace("STORE", store).replace("TYPE", kind).replace("EXTRA", extra)
    return [each for each in told(checked(text)) if each[0] == "KM545"]


@pytest.mark.parametrize(("kind", "store"), [("redis", "cache"), ("mongodb", "mongo"), ("postgres", "db")])
def test_whoever_gets_the_administrator_s_password_is_told_where_it_is_said(kind: str, store: str) -> None:
    assert [line for _, line, _ in found(kind, store, f'env: {{URL: "x://a:${{secrets.{store}_password}}@b"}}')] == [6]
    assert [line for _, line, _ in found(kind, store, f"secrets: [{store}_password]")] == [6]


def test_a_password_of_one_s_own_or_of_somebody_else_is_no_matter() -> None:
    assert found("redis", "cache", "secrets: [cache_web_password, mail_password]") == []


def test_no_application_that_a_type_equips_gets_it() -> None:
    assert [each for each in told(checked(KMMOTOS)) if each[0] == "KM545"] == []
