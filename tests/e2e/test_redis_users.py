"""The users of Redis on real servers: what each may do, and what it never learns of the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.machine import cannot_start
from realtools.redis import Connection, Server, programs, running, start
from redis_worlds import alone, shared

pytestmark = pytest.mark.e2e

API, OFFICE = "shop:production:api:", "shop:production:office:"
JOBS = f"{API}queues:default"

# Laravel's own, after Illuminate\Queue\LuaScripts and its locks.
PUSH = "redis.call('rpush', KEYS[1], ARGV[1]) redis.call('rpush', KEYS[2], 1)"
POP = """\
local job = redis.call('lpop', KEYS[1])
local reserved = cjson.decode(job)
reserved['attempts'] = reserved['attempts'] + 1
redis.call('zadd', KEYS[2], ARGV[1], cjson.encode(reserved))
return job"""
RELEASE = 'if redis.call("get",KEYS[1]) == ARGV[1] then return redis.call("del",KEYS[1]) else return 0 end'

OWN: tuple[tuple[tuple[str, ...], str], ...] = (
    (("SELECT", "0"), "OK"),
    (("SET", f"{API}name", "ours"), "OK"),
    (("GET", f"{API}name"), "ours"),
    (("SETEX", f"{API}session", "60", "s"), "OK"),
    (("MGET", f"{API}name", f"{API}session"), "[ours, s]"),
    (("INCRBY", f"{API}count", "2"), "2"),
    (("EVAL", "return redis.call('get', KEYS[1])", "1", f"{API}name"), "ours"),
    (("EVAL", PUSH, "2", JOBS, f"{JOBS}:notify", '{"attempts":0}'), "(nil)"),
    (("BLPOP", f"{JOBS}:notify", "1"), f"[{JOBS}:notify, 1]"),
    (("EVAL", POP, "2", JOBS, f"{JOBS}:reserved", "90"), '{"attempts":0}'),
    (("ZRANGEBYSCORE", f"{JOBS}:reserved", "-inf", "100"), '[{"attempts":1}]'),
    (("ZSCAN", f"{JOBS}:reserved", "0"), '[0, [{"attempts":1}, 90]]'),
    (("SET", f"{API}lock", "me", "EX", "9", "NX"), "OK"),
    (("EVAL", RELEASE, "1", f"{API}lock", "me"), "1"),
    (("SCRIPT", "LOAD", "return 1"), "e0e1f9fabfc9d4800c877a703b823ac0578ff8db"),
    (("EVALSHA", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "0"), "1"),
    (("PUBLISH", f"{API}news", "x"), "0"),
    (("XADD", f"{API}pulse", "1-1", "k", "v"), "1-1"),
    (("MULTI",), "OK"),
    (("DEL", f"{API}count"), "QUEUED"),
    (("EXEC",), "[1]"),
    (("CLIENT", "SETNAME", "worker"), "OK"),
    (("PING",), "PONG"),
)

FOREIGN: tuple[tuple[str, ...], ...] = (
    ("GET", f"{OFFICE}secret"),
    ("SET", f"{OFFICE}secret", "x"),
    ("SET", "secret", "x"),
    ("EXISTS", f"{OFFICE}secret"),
    ("TYPE", f"{OFFICE}secret"),
    ("OBJECT", "ENCODING", f"{OFFICE}secret"),
    ("DUMP", f"{OFFICE}secret"),
    ("DEL", f"{OFFICE}secret"),
    ("RENAME", f"{OFFICE}secret", f"{API}stolen"),
    ("EVAL", "return redis.call('get', KEYS[1])", "1", f"{OFFICE}secret"),
    ("EVAL", f"return redis.call('get', '{OFFICE}secret')", "0"),
    ("EVAL", "return redis.call('keys', '*')", "0"),
    ("PUBLISH", f"{OFFICE}news", "x"),
    ("SUBSCRIBE", f"{OFFICE}news"),
    ("PSUBSCRIBE", "*"),
    ("PSUBSCRIBE", "__key*__:*"),
    ("PUBSUB", "CHANNELS"),
    ("KEYS", "*"),
    ("SCAN", "0"),
    ("RANDOMKEY",),
    ("DBSIZE",),
    ("INFO", "keyspace"),
    ("MEMORY", "STATS"),
    ("CLIENT", "LIST"),
    ("CLIENT", "TRACKING", "on", "BCAST"),
    ("MONITOR",),
    ("SCRIPT", "FLUSH"),
    ("FLUSHDB",),
    ("FLUSHALL",),
    ("SWAPDB", "0", "2"),
    ("CONFIG", "GET", "*"),
    ("ACL", "LIST"),
    ("SHUTDOWN", "NOSAVE"),
    ("REPLICAOF", "203.0.113.7", "6379"),
)


@pytest.fixture(scope="module", params=programs().values(), ids=programs().keys())
def program(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def server(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Two applications on one server."""
    with running(shared(), program, tmp_path_factory.mktemp("redis")) as started:
        yield started


@pytest.fixture
def api(server: Server) -> Connection:
    return server.of("api")


@pytest.fixture
def office(server: Server) -> Connection:
    connection = server.of("office")
    assert connection.ask("SET", f"{OFFICE}secret", "theirs") == "OK"
    return connection


@pytest.fixture
def administrator(server: Server) -> Connection:
    login = server.store.administrator
    return server.connect(login.name, server.password(login))


def is_refused(answer: str) -> bool:
    """Whether a rule says no; 6.2 has its own words for what a script calls."""
    return answer.startswith("NOPERM") or "The user executing the script can't" in answer


def test_there_is_a_server_to_prove_it_on() -> None:
    assert programs() or cannot_start("Redis", "no redis-server on this machine, and apt-get could not bring it")


def test_an_application_does_with_its_own_keys_what_laravel_does(api: Connection) -> None:
    assert [(command, api.ask(*command)) for command, _ in OWN] == list(OWN)


def test_it_neither_touches_nor_learns_of_what_is_not_its_own(
    api: Connection, office: Connection, administrator: Connection
) -> None:
    answers = {command: api.ask(*command) for command in FOREIGN}

    assert {command: said for command, said in answers.items() if not is_refused(said)} == {}
    assert office.ask("GET", f"{OFFICE}secret") == "theirs"
    # The positive twin: it is the rules that refuse, not the server.
    assert administrator.ask("GET", f"{OFFICE}secret") == "theirs"
    assert f"{OFFICE}secret" in administrator.ask("KEYS", "*")
    assert not is_refused(administrator.ask("DBSIZE"))


def test_nobody_comes_in_without_a_name_or_with_another_s_password(server: Server, api: Connection) -> None:
    assert api.ask("AUTH", "shop_office", server.password(server.store.account("api").login)).startswith("WRONGPASS")  # type: ignore[union-attr]
    assert api.ask("AUTH", server.password(server.store.administrator)).startswith("WRONGPASS")


def test_the_health_check_sees_a_server_that_answers_and_nothing_else(server: Server) -> None:
    probe = server.connect("probe", (server.folder / "memory" / "probe").read_text().strip())

    assert server.healthy()
    assert probe.ask("PING") == "PONG"
    assert is_refused(probe.ask("GET", f"{API}name"))
    (server.folder / "memory" / "probe").rename(server.folder / "memory" / "aside")
    assert not server.healthy()
    (server.folder / "memory" / "aside").rename(server.folder / "memory" / "probe")


def test_a_flush_of_the_cache_leaves_sessions_and_jobs(program: Path, tmp_path: Path) -> None:
    with running(alone(), program, tmp_path) as server:
        application = alone().deployments["production"].containers["api"]
        values = {each.name: each.literal or "" for each in application.variables}
        sessions, cache = server.of("api"), server.of("api")
        sessions.ask("SELECT", values["REDIS_DB"])
        cache.ask("SELECT", values["REDIS_CACHE_DB"])
        sessions.ask("SET", f"{values['REDIS_PREFIX']}session", "kept")
        cache.ask("SET", f"{values['REDIS_PREFIX']}cached", "gone")

        assert cache.ask("FLUSHDB") == "OK"
        assert cache.ask("GET", f"{values['REDIS_PREFIX']}cached") == "(nil)"
        assert sessions.ask("GET", f"{values['REDIS_PREFIX']}session") == "kept"


def test_a_tenant_more_is_let_in_and_nobody_is_cut_off(program: Path, tmp_path: Path) -> None:
    with running(alone(), program, tmp_path) as server:
        api = server.of("api")
        assert api.ask("AUTH", "shop_office", "x").startswith("WRONGPASS")
        assert api.ask("AUTH", "shop_api", server.password(server.store.account("api").login)) == "OK"  # type: ignore[union-attr]

        build = shared()
        server.store = build.deployments["production"].data_stores["redis"]
        (tmp_path / "secrets" / "redis_office_password").write_text("new\n")
        server.write(build)
        ended = server.provision()

        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "redis: 5 users are in force\n", "")
        assert api.ask("PING") == "PONG"
        assert is_refused(api.ask("FLUSHDB"))
        assert server.of("office").ask("SET", f"{OFFICE}a", "1") == "OK"


def test_a_user_that_is_gone_is_dropped_with_its_connections(program: Path, tmp_path: Path) -> None:
    with running(shared(), program, tmp_path) as server:
        api, office = server.of("api"), server.of("office")
        server.write(alone())
        ended = server.provision()

        assert ended.stdout == "redis: shop_office is no user any more\nredis: 4 users are in force\n"
        assert api.ask("PING") == "PONG"
        with pytest.raises(ConnectionError):
            office.ask("PING")


def test_provisioning_twice_changes_nothing(server: Server, administrator: Connection) -> None:
    first = (server.provision().stdout, administrator.ask("ACL", "LIST"))
    second = (server.provision().stdout, administrator.ask("ACL", "LIST"))

    assert first == second
    assert first[0] == "redis: 5 users are in force\n"


def test_a_rule_that_the_server_does_not_know_is_told(server: Server) -> None:
    users = server.folder / "machine" / "redis" / "users.acl"
    text = users.read_text()
    users.write_text(text.replace("+eval ", "+evil "))
    ended = server.provision()
    users.write_text(text)

    assert ended.returncode == 1
    assert "+evil" in ended.stderr
    assert server.provision().returncode == 0


def test_a_server_whose_secret_is_missing_does_not_start(program: Path, tmp_path: Path) -> None:
    with running(alone(), program, tmp_path) as server:
        (tmp_path / "secrets" / "redis_api_password").write_text("")
        said, _ = (process := start(server)).communicate()

        assert process.returncode == 1
        assert said == f"redis: the secret {tmp_path}/secrets/redis_api_password is empty\n"
