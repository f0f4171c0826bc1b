from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import compose_fake as fake
from kmtopo.plugin import (
    Address,
    Container,
    Deferred,
    Dependency,
    Diagnostic,
    Graph,
    Healthcheck,
    Mount,
    Publication,
    Runtime,
    Secret,
    Tenant,
    Tmpfs,
    Variable,
)
from kmtopo.resolve.deployment import Build
from kmtopo_compose import generator
from kmtopo_env import generator as env_generator
from realtools import compose

WORLDS = {"produccion": "principal", "pruebas": "principal", "desarrollo": "local"}
HOSTILE = "; } { $HOME ' \" \\ ../ ${x} $$ `id` $(id) # é 😀"
SHIM = Runtime(secret_shim=True)


@pytest.fixture
def build(tmp_path: Path) -> Any:
    """Writes what both generators make of a graph and returns the machine's folder."""

    def write(graph: Graph, vps: str = "principal") -> Path:
        for path, content in {**fake.built(generator, graph), **fake.built(env_generator, graph)}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(content, encoding="utf-8")
        return tmp_path / vps

    return write


def service(folder: Path, name: str = "web", environment: dict[str, str] | None = None) -> dict[str, Any]:
    """What the real Compose understands of one service."""
    found: dict[str, Any] = compose.read(folder, environment)["services"][name]
    return found


def text(*containers: Container, **options: Any) -> str:
    return fake.built(generator, fake.graph(containers), **options)["principal/compose.yaml"]


def findings(*containers: Container) -> list[Diagnostic]:
    made = generator.generate(fake.graph(containers), generator.options(), fake.TOOLS)
    return [found for found in made if isinstance(found, Diagnostic)]


@pytest.mark.parametrize("world", WORLDS)
def test_compose_and_its_linter_accept_every_environment(world: str, build: Any) -> None:
    folder = build(getattr(fake, world)(), WORLDS[world])

    assert compose.config(folder) == compose.Verdict(0, "")
    verdict = compose.lint(folder)
    assert verdict.code == 0, verdict.said


def test_the_linter_would_see_a_service_without_its_hardening(build: Any) -> None:
    folder = build(fake.produccion())
    file = folder / "compose.yaml"
    file.write_text(file.read_text("utf-8").replace("    cap_drop: [ALL]\n", ""), encoding="utf-8")

    assert compose.lint(folder).code == 1


def test_a_service_says_where_it_comes_from_and_leaves_nothing_to_a_default() -> None:
    web = fake.service(
        "web",
        build=Build("../web", "Dockerfile.prod", "run", (("COST", "5$"),)),
        dependencies=(Dependency("db", "healthy", restart=True), Dependency("seed", "completed")),
        mounts=(
            Mount("/data", "web-data", None, Address.parse("containers.web.volumes.web-data")),
            Mount("/src", None, "../web", None),
        ),
        secrets=("web_token",),
        variables=(Variable("A", ("1",)),),
        publications=(Publication("203.0.113.10", 8080, 80, "tcp", Address.parse("containers.web.publish")),),
        replicas=3,
        healthcheck=Healthcheck(("CMD", "true")),
        command=("serve", "--cost", "5$"),
        tenant="km-motos",
        runtime=Runtime(
            user="33:33",
            capabilities=("SETUID", "CHOWN"),
            tmpfs=(Tmpfs("/tmp", 1536 * 1024),),
            stop_signal="SIGINT",
            shm_size=64 * 1024**2,
        ),
    )

    written = text(web, fake.service("db"), fake.service("seed", once=True))

    assert (
        written.partition("  # from containers.web\n  web:\n")[2].partition("\nnetworks:\n")[0]
        == """\
    image: web:1
    build:
      context: ../../../../web
      dockerfile: Dockerfile.prod
      target: run
      args: {COST: "5$$"}
    depends_on:
      db: {condition: service_healthy, restart: true}
      seed: {condition: service_completed_successfully}
    volumes:
      - type: bind
        source: ../../../../web
        target: /src
        bind: {create_host_path: false}
      - {type: volume, source: web-data, target: /data}
    secrets: [web_token]
    env_file: [env/web.env]
    ports:
      - {target: 80, published: "8080", host_ip: "203.0.113.10", protocol: tcp}
    networks: [comunicaciones]
    command: [serve, "--cost", "5$$"]
    working_dir: /src
    restart: unless-stopped
    healthcheck:
      test: [CMD, "true"]
      interval: 15s
      timeout: 5s
      retries: 4
      start_period: 30s
    logging:
      driver: json-file
      options: {max-file: "5", max-size: 10m}
    labels: {kmtopo.environment: produccion, kmtopo.segment: comunicaciones, kmtopo.tenant: km-motos}
    user: "33:33"
    cap_add: [CHOWN, SETUID]
    cap_drop: [ALL]
    deploy:
      replicas: 3
      resources:
        limits: {cpus: "0.5", memory: 256m, pids: 256}
    init: true
    read_only: true
    security_opt: ["no-new-privileges:true"]
    shm_size: 64m
    stop_grace_period: 10s
    stop_signal: SIGINT
    tmpfs: ["/tmp:size=1536k,mode=1777,uid=33"]
"""
    )


def test_a_job_is_never_restarted() -> None:
    assert '    restart: "no"\n' in text(fake.service("seed", once=True))


def test_the_size_of_logs_is_an_option() -> None:
    assert '      options: {max-file: "2", max-size: 1g}\n' in text(fake.service("web"), log_size="1g", log_files=2)


@pytest.mark.parametrize(
    ("command", "runs"),
    [
        (None, None),
        (("sh", "-c", HOSTILE), ["sh", "-c", HOSTILE]),
        ("npm run dev -- --host 0.0.0.0", ["npm", "run", "dev", "--", "--host", "0.0.0.0"]),
        ("say 'two words' \"and three more\" four\\ th", ["say", "two words", "and three more", "four th"]),
        ("migrate && serve", ["sh", "-c", "migrate && serve"]),
        ("serve | tee /tmp/log", ["sh", "-c", "serve | tee /tmp/log"]),
        ("serve --port $PORT", ["sh", "-c", "serve --port $PORT"]),
    ],
)
def test_a_command_runs_as_its_writer_means_it(command: Any, runs: list[str] | None, build: Any) -> None:
    folder = build(fake.graph([fake.service("web", command=command)]))

    assert service(folder).get("command") == runs


def test_hostile_text_arrives_as_text(build: Any) -> None:
    web = fake.service(
        "web",
        title=HOSTILE,
        purpose=HOSTILE,
        command=("run", HOSTILE),
        healthcheck=Healthcheck(("CMD-SHELL", HOSTILE)),
        variables=(
            Variable("PLAIN", (HOSTILE,), origin=Address.of("containers", HOSTILE)),
            Variable("MIXED", (HOSTILE, Deferred("FROM_TARGET"), HOSTILE)),
        ),
        build=Build(f"x{HOSTILE}", None, None, (("ARG", HOSTILE),)),
        mounts=(Mount(f"/x{HOSTILE}", None, f"y{HOSTILE}", None),),
    )

    read = service(build(fake.graph([web])), environment={"FROM_TARGET": HOSTILE, "x": "interpolated"})

    assert read["command"] == ["run", HOSTILE]
    assert read["healthcheck"]["test"] == ["CMD-SHELL", HOSTILE]
    assert read["environment"] == {"PLAIN": HOSTILE, "MIXED": HOSTILE * 3}
    assert read["build"]["args"] == {"ARG": HOSTILE}
    assert read["build"]["context"].endswith(f"/x{HOSTILE}")
    assert [(v["source"].rpartition("/y")[2], v["target"]) for v in read["volumes"]] == [(HOSTILE, f"/x{HOSTILE}")]


def test_what_the_target_must_say_stops_the_start_until_it_does(build: Any) -> None:
    web = fake.service("web", variables=(Variable("MAIL_HOST", ("smtp://", Deferred("SMTP_HOST"))),))
    folder = build(fake.graph([web]))

    verdict = compose.config(folder)

    assert verdict.code == 1
    assert "required variable SMTP_HOST is missing a value: set SMTP_HOST in .env" in verdict.said
    assert service(folder, environment={"SMTP_HOST": "mail"})["environment"] == {"MAIL_HOST": "smtp://mail"}


def test_the_folder_of_secrets_is_beside_the_topology_unless_the_target_says_another(build: Any) -> None:
    folder = build(fake.graph([fake.service("web", secrets=("web_token",))])).resolve()

    beside = compose.read(folder)["secrets"]["web_token"]["file"]
    elsewhere = compose.read(folder, {"KMTOPO_SECRETS": "/srv/secrets"})["secrets"]["web_token"]["file"]

    assert beside == str(folder.parents[2] / "secrets/produccion/web_token")
    assert elsewhere == "/srv/secrets/web_token"


def test_an_image_that_reads_secrets_from_files_is_told_the_path(build: Any) -> None:
    by_type = Variable("PASSWORD", (Secret("db_password"),), file=True)
    by_habit = Variable("TOKEN", (Secret("db_token"),))
    folder = build(fake.graph([fake.service("db", variables=(by_type, by_habit), command=("serve",))]))

    read = service(folder, "db")

    assert read["command"] == ["serve"]
    assert read["environment"] == {"PASSWORD_FILE": "/run/secrets/db_password", "TOKEN_FILE": "/run/secrets/db_token"}


def shimmed(folder: Path, secrets: Path) -> list[str]:
    """The command of the service, with the folder of secrets that this test can write."""
    return [word.replace("/run/secrets", str(secrets)) for word in service(folder)["command"]]


def test_other_images_get_secrets_from_a_shell_before_their_command(build: Any, tmp_path: Path) -> None:
    variables = (
        Variable(
            "URL", (f"{HOSTILE}://u:", Secret("web_password"), "@", Deferred("DB_HOST"), ":", Secret("web_token"))
        ),
        Variable("PASSWORD", (Secret("web_password"),)),
    )
    show = ("sh", "-c", 'printf "%s\\n" "$URL" "$PASSWORD" "$1"', "show", HOSTILE)
    web = fake.service("web", variables=variables, command=show, runtime=SHIM)
    (tmp_path / "web_password").write_text("p$(id)'\"\n", encoding="utf-8")
    (tmp_path / "web_token").write_text("t", encoding="utf-8")
    folder = build(fake.graph([web]))

    passed = service(folder, environment={"DB_HOST": HOSTILE})["environment"]
    command = [
        word.replace("/run/secrets", str(tmp_path)) for word in service(folder, environment={"DB_HOST": "x"})["command"]
    ]
    ended = subprocess.run(command, env=passed, capture_output=True, text=True, check=True)

    assert passed == {"KMTOPO_ENV_DB_HOST": HOSTILE}
    assert ended.stdout == f"{HOSTILE}://u:p$(id)'\"@{HOSTILE}:t\np$(id)'\"\n{HOSTILE}\n"


@pytest.mark.parametrize("missing", ["one", "two"])
def test_a_secret_that_cannot_be_read_stops_the_container(missing: str, build: Any, tmp_path: Path) -> None:
    both = (Variable("BOTH", (Secret("one"), ":", Secret("two"))),)
    web = fake.service("web", variables=both, command=("echo", "started"), runtime=SHIM)
    for name in {"one", "two"} - {missing}:
        (tmp_path / name).write_text("x", encoding="utf-8")
    command = shimmed(build(fake.graph([web])), tmp_path)

    ended = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ended.returncode != 0
    assert ended.stdout == ""
    assert f"{tmp_path}/{missing}" in ended.stderr


def test_a_secret_amid_text_that_nothing_can_join_is_an_error() -> None:
    said = Address.parse("containers.web.env.URL")
    url = Variable("URL", ("https://", Secret("web_password")), origin=said)

    (found,) = findings(fake.service("web", variables=(url,), runtime=SHIM))

    assert (found.code, dict(found.values)) == ("KM611", {"name": "URL", "container": "web"})
    assert found.primary is not None
    assert found.primary.address == said


def test_a_command_with_an_unclosed_quote_is_an_error_and_costs_only_itself() -> None:
    broken = fake.service("web", command="say 'hello")

    (found,) = findings(broken, fake.service("db"))

    assert (found.code, dict(found.values)) == ("KM612", {"name": "web"})
    assert found.primary is not None
    assert str(found.primary.address) == "containers.web.command"


def test_each_machine_gets_its_own_and_nothing_of_its_neighbour() -> None:
    here = fake.service(
        "web", vps="principal", networks=("comunicaciones",), dependencies=(Dependency("db", "healthy"),)
    )
    there = fake.service("db", vps="datos", networks=("seguridad",), secrets=("db_password",))
    graph = fake.graph([here, there])
    vps = graph.deployment.vps["principal"]
    graph = replace(graph, deployment=replace(graph.deployment, vps={"datos": vps, "principal": vps, "vacio": vps}))

    made = fake.built(generator, graph)

    assert list(made) == ["datos/compose.yaml", "principal/compose.yaml"]
    for word in ("seguridad", "db", "secrets"):
        assert word not in made["principal/compose.yaml"]
    assert "comunicaciones:" not in made["datos/compose.yaml"]


def test_what_we_do_not_run_is_no_service() -> None:
    written = text(fake.service("web"), fake.service("pagos", role="external"))

    assert "pagos" not in written


def test_pooled_tenants_cost_compose_nothing() -> None:
    few = fake.produccion()
    pattern = few.deployment.tenants["km-motos"]
    many: dict[str, Tenant] = {f"t{n}": replace(pattern, name=f"t{n}", hosts=(f"t{n}.example",)) for n in range(10_000)}
    crowded = replace(few, deployment=replace(few.deployment, tenants=many))

    assert fake.built(generator, crowded) == fake.built(generator, few)


def test_a_dedicated_container_costs_its_own_lines_and_no_more() -> None:
    def lines(count: int) -> int:
        copies = [fake.service(f"web-{n}", tenant=f"t{n}", secrets=(f"web_{n}",)) for n in range(count)]
        return text(*copies).count("\n")

    assert lines(1000) - lines(500) == lines(510) - lines(10)
