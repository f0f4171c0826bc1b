"""Rules about Laravel where a page of theirs shows too little."""

from __future__ import annotations

import pytest

from topologies import checked, told

SHOP = """\
kmtopo: 1
name: shop
vps: {main: {}}
networks: {edge: {internal: false}, data: {}}
defaults: {containers: {resources: {cpu: 1, memory: 1GiB}}}
containers:
  nginx: {type: nginx, image: nginx:1.29.8, networks: [edge], publish: ["127.0.0.1:80:80"], routes: {/: app}}
  app:
    type: laravel
    image: shop/app:1.0.0
    networks: [edge, data]
    uses: {redis: {}, postgres: {}}
    env: {LOG_LEVEL: info}
  jobs: {extends: app, process: queue, networks: [data]}
  redis: {type: redis, image: redis:7.4.5, networks: [data]}
  postgres: {type: postgres, image: postgres:17.6, networks: [data]}
tenancy: {flavor: stancl, domain: "{tenant}.shop.example", stores: {redis: prefix}}
tenants:
  bakery: {}
  cafe: {domain: cafe.example}
environments: {production: {tls: false}}
"""


def found(*changes: tuple[str, str]) -> list[tuple[str, int, int]]:
    text = SHOP
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return [each for each in told(checked(text)) if each[0] != "KM502"]


def with_env(env: str) -> tuple[str, str]:
    return "{LOG_LEVEL: info}", f"{{{env}}}"


def with_command(command: str) -> tuple[str, str]:
    return "process: queue,", f"process: queue, command: {command},"


def test_what_the_types_say_breaks_no_rule() -> None:
    assert found() == []


@pytest.mark.parametrize(
    "changes",
    [
        [with_env("REDIS_QUEUE_RETRY_AFTER: 81")],
        [with_command("php artisan queue:work redis --timeout 89")],
        [with_command("[php, artisan, 'queue:work', '--timeout=89']")],
        [with_command("php artisan queue:work redis")],
        [with_command("php artisan horizon")],
        [with_command("php artisan queue:work --timeout=120"), with_env("QUEUE_CONNECTION: sync")],
        [with_env("REDIS_PREFIX: 'shop:production:app:v2:'")],
        [with_env("REDIS_PREFIX: '${env:PREFIX}'")],
        [with_env("SESSION_DOMAIN: cafe.example")],
        [with_env("SESSION_DOMAIN: ''")],
        [with_env("VITE_TITLE: Shop")],
        [with_env("REDIS_CLIENT: predis"), ("flavor: stancl", "flavor: custom")],
        [with_env("REDIS_CLIENT: predis"), ("stores: {redis: prefix}", "stores: {postgres: database}")],
    ],
)
def test_what_does_no_harm_is_not_told(changes: list[tuple[str, str]]) -> None:
    assert found(*changes) == []


def test_a_mistake_that_is_inherited_is_told_once_where_it_is_written() -> None:
    said = with_env(
        "REDIS_QUEUE_RETRY_AFTER: 80, REDIS_PREFIX: mine, SESSION_DOMAIN: .shop.example, REDIS_CLIENT: predis"
    )
    both = ("cafe: {domain: cafe.example}", "cafe: {}")

    assert [code for code, line, _ in found(said, both) if line == 13] == ["KM540", "KM541", "KM542", "KM544"]
    assert len(found(said, both)) == 4


def test_a_queue_in_the_database_has_a_time_of_its_own() -> None:
    slow = with_command("php artisan queue:listen --timeout=120")
    elsewhere = ("uses: {redis: {}, postgres: {}}", "uses: {redis: {for: [cache]}, postgres: {}}")

    assert [code for code, _, _ in found(slow, elsewhere)] == ["KM540"]
    assert found(slow, elsewhere, with_env("DB_QUEUE_RETRY_AFTER: 150")) == []
