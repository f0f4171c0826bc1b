"""The live preview: what it shows, to whom, and what happens when the project is saved."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from command_lines import HELLO, Kmtopo
from kmtopo.cli.preview.hosts import is_own
from kmtopo.cli.preview.look import Look, look
from kmtopo.cli.preview.server import Preview, application

WORDS = {"language": "en", "broken": "Errors", "warned": "Warnings", "lost": "ended", "explorer": "Explorer"}


def draw(folder: Path):
    return lambda before: look(folder / "topology.yaml", [], "en", before)


@pytest.fixture
def client(hello: Path):
    preview = Preview(draw(hello))
    with TestClient(application(preview, hello, WORDS, ["testserver"])) as asked:
        yield asked


def test_a_topology_without_errors_is_the_explorer(hello: Path) -> None:
    shown = look(hello / "topology.yaml", [], "en", Look())

    assert shown.explorer.startswith("<!doctype html>")
    assert (shown.report, shown.broken) == ("", False)


def test_with_errors_the_last_picture_stays_and_they_are_told(hello: Path) -> None:
    before = look(hello / "topology.yaml", [], "en", Look())
    (hello / "topology.yaml").write_text(HELLO.replace("generators:", "generatores:"), encoding="utf-8")

    shown = look(hello / "topology.yaml", [], "en", before)

    assert shown.explorer == before.explorer
    assert shown.broken
    assert shown.report.startswith("error[KM201]: unknown key `generatores`\n  --> topology.yaml:")


def test_a_file_that_is_gone_is_told_too(hello: Path) -> None:
    (hello / "topology.yaml").unlink()

    shown = look(hello / "topology.yaml", [], "es", Look())

    assert (shown.explorer, shown.broken) == ("", True)
    assert shown.report.startswith("error[KM1")


def test_the_page_and_the_explorer_are_served_with_a_policy_of_their_own(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert page.headers["content-security-policy"].startswith(
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    )
    assert "{{" not in page.text
    assert client.get("/explorer").text.startswith("<!doctype html>")
    assert client.get("/state").json() == {"report": "", "broken": False, "drawn": True}


def test_whoever_calls_it_by_another_name_is_refused(client: TestClient) -> None:
    assert client.get("/explorer", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost:8765", True),
        ("LOCALHOST", True),
        ("127.0.0.1:8765", True),
        ("192.0.2.7:8765", True),
        ("[::1]:8765", True),
        ("", False),
        ("localhost.evil.example", False),
        ("evil.example:8765", False),
        ("127.0.0.1.evil.example", False),
        ("[::1", False),
        ("2130706433", False),
    ],
)
def test_a_name_that_leads_here_is_its_own_or_an_address(host: str, expected: bool) -> None:
    assert is_own(host, ["localhost"]) is expected


def test_what_fails_while_it_is_drawn_is_told_and_the_next_save_is_drawn(
    hello: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = look(hello / "topology.yaml", [], "en", Look())
    with monkeypatch.context() as planted:
        planted.setattr("kmtopo.generation.tools", lambda: 1 / 0)
        failed = look(hello / "topology.yaml", [], "en", before)

    assert (failed.explorer, failed.broken) == (before.explorer, True)
    assert failed.report.startswith("error[KM999]: a bug in kmtopo: ZeroDivisionError: division by zero\n")
    assert look(hello / "topology.yaml", [], "en", failed) == before


def test_an_environment_that_is_gone_is_told(hello: Path) -> None:
    shown = look(hello / "topology.yaml", ["staging"], "es", Look())

    assert shown == Look("", "ningún entorno se llama `staging`", broken=True)


def test_who_waits_is_told_of_a_change_and_of_nothing_else(hello: Path) -> None:
    async def watched() -> list[int]:
        preview = Preview(draw(hello))
        numbers = [preview.number]
        for text in (HELLO, HELLO, f"{HELLO}\nx-note: more\n", "kmtopo: ["):
            (hello / "topology.yaml").write_text(text, encoding="utf-8")
            await preview.refresh()
            numbers.append(preview.number)
        return numbers

    assert asyncio.run(watched()) == [0, 1, 1, 1, 2]


def test_a_port_that_is_taken_is_told(hello: Path, kmtopo: Kmtopo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        outcome = kmtopo("serve", "--port", str(port))

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"kmtopo: cannot listen on 127.0.0.1:{port}: ")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--port", "70000"), 2, "kmtopo: `70000` is no port: 0 to 65535\n"),
        (("--host", ""), 2, "kmtopo: `` is no address to listen on\n"),
        (("--host", "256.1.1.1"), 2, "kmtopo: `256.1.1.1` is no address to listen on\n"),
        (("-e", "nowhere"), 2, "kmtopo: no environment is called `nowhere`; known: production\n"),
    ],
)
def test_what_it_cannot_serve_is_refused(words, code: int, said: str, hello: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("serve", *words)

    assert (outcome.code, outcome.err) == (code, said)
