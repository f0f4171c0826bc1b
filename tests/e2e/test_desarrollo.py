"""KMMotos on a developer's machine: the generated tree runs as it is, its code mounted, its stores on loopback."""

from __future__ import annotations

import pytest

from e2e.project import copied
from e2e.stack import Stack, running
from e2e.web import Door

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def project(installed, kmmotos, open_folder):
    project = copied(open_folder / "desarrollo", kmmotos, installed, "desarrollo", "local")
    project.build()
    return project


@pytest.fixture(scope="module")
def stack(project, docker, without):
    with running(Stack(docker, project, Door("127.0.0.1", 8080), without)) as stack:
        yield stack


def test_only_images_are_replaced(project):
    assert project.differences() == []


def test_everything_that_is_generated_starts(stack, without):
    states = {c["Service"]: (c["State"], c["Health"] or c["ExitCode"]) for c in stack.containers()}

    well = ("running", "healthy")
    assert states == {
        "backend": well,
        "cola": well,
        "frontend": ("running", 0),
        "mailpit": well,
        "migracion": ("exited", 0),
        **({} if "mongo" in without else {"mongo": well}),
        "nginx": well,
        "postgres": well,
        "programador": well,
        "redis": well,
    }


def test_the_page_comes_from_the_development_server(stack):
    answer = stack.door.ask("km-motos.localhost", "/")

    assert (answer.status, "development of km-motos.localhost:8080" in answer.body) == (200, True)


def test_a_browser_may_switch_to_a_websocket(stack):
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13"}
    answer = stack.door.ask("km-motos.localhost", "/hmr", **key, Upgrade="websocket", Connection="Upgrade")

    assert (answer.status, answer.headers["sec-websocket-accept"]) == (101, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")


def test_the_application_runs_from_the_mounted_code(stack, project):
    assert stack.door.ask("km-motos.localhost", "/api/request").json == {
        "environment": "local",
        "host": "km-motos.localhost:8080",
        "scheme": "http",
        "named": "km-motos",
        "tenant": "km-motos",
    }
    (project.code / "app/greeting.php").write_text("<?php return ['greeting' => 'edited'];")

    assert stack.door.ask("km-motos.localhost", "/api/greeting").json == {"greeting": "edited"}
