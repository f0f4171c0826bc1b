"""The pages of codes about secrets, made to happen and compared with what is printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kmtopo.diagnostics import Diagnostic
from kmtopo.report import render_text
from kmtopo.resolve.deployment import Build
from kmtopo.secrets.certificate import certificate, private_key
from kmtopo.secrets.sops import RECIPIENTS
from kmtopo.source import read_page
from kmtopo.texts import LANGUAGES
from secret_worlds import STRONG, examined, git, init, renew, repository, shop

Found = tuple[Diagnostic, ...]
TEST = Path("secrets/test")
EXPIRED = (Path(__file__).parents[2] / "data" / "certificates" / "expired.pem").read_bytes()


def put(name: str, value: bytes = STRONG, mode: int = 0o444, place: Path = TEST) -> None:
    path = place / name
    path.unlink(missing_ok=True)
    path.write_bytes(value)
    path.chmod(mode)


def filled() -> None:
    init(Path(), shop())
    put("mail_password")


def found(code: str) -> Found:
    """What ``secrets check`` says of this code."""
    return tuple(each for each in examined(Path(), shop()) if each.code == code)


def missing() -> list[Found]:
    filled()
    told = []
    for name in ("redis_password", "mail_password", "proxy_tls_key"):
        (TEST / name).rename("kept")
        told.append(found("KM801"))
        Path("kept").rename(TEST / name)
    others = examined(Path(), shop("live", "env"), variables={"KMTOPO_SECRET_REDIS_PASSWORD": STRONG.decode()})
    return [*told, others, examined(Path(), shop("live", "sops"))[:1]]


def empty() -> list[Found]:
    filled()
    put("redis_password", b"")
    return [found("KM802")]


def weak() -> list[Found]:
    filled()
    told = []
    for name, value in (("redis_password", b"4f0c2a9be16d7385"), ("mail_password", b"changeme")):
        put(name, value)
        told.append(found("KM803"))
        put(name, value[::-1] * 9)
    return told


def shared() -> list[Found]:
    filled()
    init(Path(), shop("live"))
    put("mail_password", place=Path("secrets/live"))
    worlds = tuple(d for d in examined(Path(), shop(), shop("live")) if d.code == "KM804")
    put("redis_password")
    return [found("KM804"), worlds]


def open_to_others() -> list[Found]:
    filled()
    TEST.chmod(0o755)
    return [found("KM805")]


def in_git() -> list[Found]:
    filled()
    repository(Path())
    git(Path(), "add", "--force", "secrets/test/redis_password")
    tracked = found("KM806")
    git(Path(), "rm", "--cached", "--quiet", "secrets/test/redis_password")
    Path(".gitignore").write_text("/build/\n", encoding="utf-8")
    unignored = found("KM806")
    Path(".gitignore").write_text("/secrets/\n", encoding="utf-8")
    return [unignored, tracked, examined(Path(), shop("live", "sops"))[:1]]


def closed() -> list[Found]:
    filled()
    put("redis_password", mode=0o600)
    return [found("KM807")]


def unused() -> list[Found]:
    filled()
    put("old_password")
    return [found("KM808")]


def doubtful() -> list[Found]:
    filled()
    put("proxy_tls_certificate", certificate((TEST / "proxy_tls_key").read_bytes(), ["shop.test"]))
    hosts = found("KM809")
    put("proxy_tls_certificate", EXPIRED)
    return [hosts, found("KM809")[:1]]


def unusable() -> list[Found]:
    filled()
    put("proxy_tls_key", private_key())
    mismatch = found("KM810")
    put("proxy_tls_certificate", b"proxy.crt\n")
    return [mismatch, found("KM810")]


def copied() -> list[Found]:
    filled()
    Path(".dockerignore").unlink()
    test = shop()
    api = replace(test.containers["api"], build=Build(".", None, None, ()))
    return [examined(Path(), replace(test, containers={**test.containers, "api": api}))]


def of_its_owner() -> list[Found]:
    filled()
    return [
        renew(Path(), shop(), "mail_password").problems,
        renew(Path(), shop("live", "env"), "redis_password").problems,
        renew(Path(), shop("live", "sops"), "mail_password").problems,
    ]


def without_program(monkeypatch: pytest.MonkeyPatch) -> list[Found]:
    with monkeypatch.context() as patch:
        patch.setenv("PATH", "/nowhere")
        return [init(Path(), shop("live", "sops"), {RECIPIENTS: "age1team"}).problems]


def failing(monkeypatch: pytest.MonkeyPatch) -> list[Found]:
    team = {RECIPIENTS: "age1team"}
    init(Path(), shop("live", "sops"), team)
    with monkeypatch.context() as patch:
        patch.delenv("SOPS_AGE_KEY")
        return [init(Path(), shop("live", "sops"), team).problems]


def without_rule() -> list[Found]:
    none = init(Path(), shop("live", "sops")).problems
    Path(".sops.yaml").write_text("creation_rules:\n  - path_regex: ^vault/.*$\n", encoding="utf-8")
    return [none, init(Path(), shop("live", "sops")).problems]


def out_of_place() -> list[Found]:
    filled()
    (TEST / "redis_password").rename("kept")
    (TEST / "redis_password").symlink_to("../../kept")
    return [found("KM816")]


TROUBLES: dict[str, Callable[..., list[Found]]] = {
    "KM801": missing,
    "KM802": empty,
    "KM803": weak,
    "KM804": shared,
    "KM805": open_to_others,
    "KM806": in_git,
    "KM807": closed,
    "KM808": unused,
    "KM809": doubtful,
    "KM810": unusable,
    "KM811": copied,
    "KM812": of_its_owner,
    "KM815": without_rule,
    "KM816": out_of_place,
}
WITH_OTHER_PROGRAMS: dict[str, Callable[..., list[Found]]] = {"KM813": without_program, "KM814": failing}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(TROUBLES | WITH_OTHER_PROGRAMS))
def test_the_page_shows_what_is_printed(
    code: str, language: str, folder: Path, sops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = WITH_OTHER_PROGRAMS[code](monkeypatch) if code in WITH_OTHER_PROGRAMS else TROUBLES[code]()

    assert {diagnostic.code for each in made for diagnostic in each} == {code}
    assert [render_text(each, {}, language) for each in made] == shown_by(code, language)


def shown_by(code: str, language: str) -> list[str]:
    page = read_page(code, language)
    assert page is not None
    return re.findall(r"^```text output yaml none\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
