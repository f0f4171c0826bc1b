from __future__ import annotations

from kmtopo.types.catalogue import catalogue
from kmtopo.types.runtime import Port


def test_the_catalogue_lists_every_type_by_name() -> None:
    assert {name: (each.title, each.role, each.icon, each.port) for name, each in catalogue().items()} == {
        "external": ("", "external", "cloud", None),
        "generic": ("", "service", "box", None),
        "laravel": ("Laravel", "service", "laravel", Port(9000, "fastcgi")),
        "mailpit": ("Mailpit", "mail", "mail", Port(1025, "smtp")),
        "mongodb": ("MongoDB", "database", "mongodb", Port(27017, "mongodb")),
        "nginx": ("Nginx", "proxy", "nginx", Port(80, "http")),
        "postgres": ("PostgreSQL", "database", "postgresql", Port(5432, "postgresql")),
        "redis": ("Redis", "cache", "redis", Port(6379, "redis")),
        "static": ("", "service", "browser", Port(8080, "http")),
        "store": ("", "database", "disk", None),
    }


def test_the_names_come_sorted() -> None:
    assert list(catalogue()) == [
        *("external", "generic", "laravel", "mailpit", "mongodb", "nginx", "postgres", "redis", "static", "store")
    ]


def test_every_type_says_what_it_is_in_each_language() -> None:
    assert {name: dict(each.kind) for name, each in catalogue().items()} == {
        "external": {"en": "external system", "es": "sistema externo"},
        "generic": {"en": "service", "es": "servicio"},
        "laravel": {"en": "PHP application", "es": "aplicación PHP"},
        "mailpit": {"en": "test mailbox", "es": "buzón de pruebas"},
        "mongodb": {"en": "document database", "es": "base documental"},
        "nginx": {"en": "reverse proxy", "es": "proxy inverso"},
        "postgres": {"en": "relational database", "es": "base de datos relacional"},
        "redis": {"en": "in-memory store", "es": "almacén en memoria"},
        "static": {"en": "static site", "es": "sitio estático"},
        "store": {"en": "data store", "es": "almacén de datos"},
    }


def test_stores_are_those_that_keep_data_for_others() -> None:
    assert [name for name, each in catalogue().items() if each.is_store] == ["mongodb", "postgres", "redis", "store"]


def test_a_store_of_the_catalogue_knows_where_its_data_lies() -> None:
    paths = {n: each.volume_path("image:1") for n, each in catalogue().items() if each.volume_path is not None}

    assert paths == {"mongodb": "/data/db", "postgres": "/var/lib/postgresql/data", "redis": "/data"}


def test_a_type_knows_what_it_is_called_for() -> None:
    assert {name: each.purposes for name, each in catalogue().items() if each.purposes} == {
        "mailpit": ("mail",),
        "mongodb": ("documents", "logs", "reports"),
        "postgres": ("reports", "transactions"),
        "redis": ("cache", "queue", "sessions"),
    }


def test_laravel_has_four_processes_and_serves_the_web_first() -> None:
    assert {name: each.processes for name, each in catalogue().items() if each.processes} == {
        "laravel": ("web", "queue", "scheduler", "migrate")
    }
