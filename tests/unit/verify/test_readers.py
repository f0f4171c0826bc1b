"""Readers of built files: each by the rules of its format."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtopo.verify.facts import Place
from kmtopo.verify.ground import Unreadable
from kmtopo.verify.readers.acl import users
from kmtopo.verify.readers.dotenv_file import read_env
from kmtopo.verify.readers.located import Located
from kmtopo.verify.readers.mongo_script import calls
from kmtopo.verify.readers.nginx_files import Configuration
from kmtopo.verify.readers.php import returned
from kmtopo.verify.readers.psql import inclusions, rights
from kmtopo.verify.readers.shell import exported

ENV = """\
# a comment

PLAIN=a b # not said
SINGLE='it is $5 # said'
DOUBLE="it's \\$5"
PLAIN=later
"""
SHELL = """\
set -e
A="$(cat /run/secrets/a)"
B=x:"$(cat /run/secrets/tenants/b)"'@h/$c'
C="$KMTOPO_ENV_C"-
NOT_EXPORTED=1
export A B C
exec "$@"
"""
PSQL = """\
-- \\set name 'in a comment'
\\set name 'it''s' \\set other x
\\ir one.sql
\\set name ''
\\ir two.sql
"""
RIGHTS = """\
DO $$ BEGIN
  -- EXECUTE format('GRANT ALL ON DATABASE %I TO %I', d, nobody);
  EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO %I, %I', current_database(), owner, writer);
  EXECUTE format(
    'ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT SELECT ON TABLES TO %I', owner, reader);
END $$;
GRANT admin TO PUBLIC;
"""
PHP = r"""<?php
// [ ' in a comment
return [
    'a' => 'it\'s',  // 'b' => 'no',
    'list' => ['x', 'y'],
    'none' => [],
    'in' => ['k' => null, 'n' => 5],
];
"""
NGINX = """\
events {}
http {
  client_max_body_size 1m;
  map $host $tenant { hostnames; default ""; a.example a; }
  map $tenant $to { default ""; a app-a; }
  upstream app-a { server app-a:9000; }
  proxy_set_header X-Tenant $tenant;
  server {
    listen 80;
    server_name a.example;
    location = /exact { return 204; }
    location ^~ /first/ { proxy_pass http://prefix:1; }
    location ~ ^/api(?:/|$) { client_max_body_size 2m; fastcgi_pass $to; }
    location / { proxy_pass http://rest:8080; include more.conf; }
  }
}
"""


def test_an_env_file_is_read_by_the_rules_of_compose() -> None:
    read = read_env("x.env", ENV)

    assert {name: said.text for name, said in read.items()} == {
        "PLAIN": "later",
        "SINGLE": "it is $5 # said",
        "DOUBLE": "it's $5",
    }
    assert read["DOUBLE"].place == Place("x.env", 5)


def test_a_shell_exports_what_it_reads_from_secrets() -> None:
    assert exported(SHELL, {"KMTOPO_ENV_C": "<env C>"}) == {
        "A": "<secret a>",
        "B": "x:<secret tenants/b>@h/$c",
        "C": "<env C>-",
    }


def test_psql_keeps_its_variables_from_file_to_file() -> None:
    assert [(one.file, dict(one.variables), one.place.line) for one in inclusions("p.sql", PSQL)] == [
        ("one.sql", {"name": "it's", "other": "x"}, 3),
        ("two.sql", {"name": "", "other": "x"}, 5),
    ]


def test_rights_are_found_in_statements_that_a_script_makes() -> None:
    assert [(r.whom, r.rights, r.kind, r.maker, r.place.line) for r in rights("s.sql", RIGHTS)] == [
        ("owner", "CONNECT, CREATE", "DATABASE", "", 3),
        ("writer", "CONNECT, CREATE", "DATABASE", "", 3),
        ("reader", "SELECT", "TABLES", "owner", 4),
        ("PUBLIC", "admin", "", "", 7),
    ]


def test_rules_of_redis_apply_in_order() -> None:
    (user,) = users("u.acl", "user a on #</run/secrets/b> ~x resetkeys ~y:* &z +get +@all -@admin +eval\n")

    assert (user.on, user.open, user.secret) == (True, False, "b")
    assert (user.keys, user.channels, user.commands) == (("y:*",), ("z",), ("+@all", "-@admin", "+eval"))


def test_calls_of_a_mongo_script_are_read_with_their_arguments() -> None:
    text = 'const x = 1;\ngrant("db", {"u": ["read"]});\nuser("u", "db", "/run/secrets/s");\n  grant("not", {});\n'

    assert [(call.name, call.arguments, call.place.line) for call in calls("m.js", text)] == [
        ("grant", ("db", {"u": ["read"]}), 2),
        ("user", ("u", "db", "/run/secrets/s"), 3),
    ]


def test_a_php_array_becomes_its_leaves() -> None:
    leaves = {keys: (said.text, said.place.line) for keys, said in returned("t.php", PHP).items()}

    assert leaves == {
        ("a",): ("it's", 4),
        ("list", "0"): ("x", 5),
        ("list", "1"): ("y", 5),
        ("none",): ("", 6),
        ("in", "k"): ("null", 7),
        ("in", "n"): ("5", 7),
    }


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("<?php\n", "it returns nothing", 1),
        ("<?php\nreturn [\n  'a' => $x,\n];\n", "$ is no plain value", 3),
        ("<?php\nreturn [\n  'a',\n", "it ends too early", 3),
        ("<?php\nreturn ['a']; evil();\n", "it does not end where its array ends", 2),
    ],
)
def test_a_php_file_that_does_more_is_refused(text: str, reason: str, line: int) -> None:
    with pytest.raises(Unreadable) as refused:
        returned("t.php", text)

    assert (refused.value.reason, refused.value.place) == (reason, Place("t.php", line))


def test_yaml_knows_its_lines() -> None:
    located = Located("c.yaml", "a:\n  b: [x, y]\n  c:\n    - {k: v}\n")

    assert (located.line("a", "b"), located.line("a", "c", "0", "k"), located.line("a", "c", "7")) == (2, 4, 3)


@pytest.mark.parametrize(
    ("path", "protocol", "server", "body"),
    [
        ("/exact", "", "", "1m"),
        ("/first/x", "http", "prefix:1", "1m"),
        ("/api", "fastcgi", "app-a:9000", "2m"),
        ("/api/x", "fastcgi", "app-a:9000", "2m"),
        ("/apix", "http", "rest:8080", "1m"),
    ],
)
def test_a_request_goes_through_nginx_by_its_own_rules(
    tmp_path: Path, path: str, protocol: str, server: str, body: str
) -> None:
    (tmp_path / "nginx.conf").write_text(NGINX, encoding="utf-8")
    (tmp_path / "more.conf").write_text("proxy_set_header Upgrade x;\n", encoding="utf-8")
    nginx = Configuration(tmp_path, "nginx.conf")
    (block,) = nginx.servers_of("a.example")

    passing = nginx.passing(block, path, "a.example")

    assert (passing.protocol, passing.server, passing.setting("client_max_body_size")) == (protocol, server, body)
    assert nginx.variable("$tenant", "a.example") == "a"
    assert nginx.variable("$tenant", "b.example") == ""


def test_the_innermost_headers_take_the_place_of_all_others(tmp_path: Path) -> None:
    (tmp_path / "nginx.conf").write_text(NGINX, encoding="utf-8")
    (tmp_path / "more.conf").write_text("proxy_set_header Upgrade x;\n", encoding="utf-8")
    nginx = Configuration(tmp_path, "nginx.conf")
    (block,) = nginx.servers_of("a.example")

    assert nginx.passing(block, "/", "a.example").headers == {"Upgrade": "x"}
    assert nginx.passing(block, "/first/", "a.example").headers == {"X-Tenant": "$tenant"}


def test_what_nginx_would_not_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "nginx.conf").write_text("http {\n  server {\n", encoding="utf-8")

    with pytest.raises(Unreadable) as refused:
        Configuration(tmp_path, "nginx.conf")

    assert refused.value.place.file == "nginx.conf"
