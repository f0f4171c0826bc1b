from __future__ import annotations

from pathlib import PurePosixPath

import pytest

import compose_fake as fake
from kmtopo.plugin import Deferred, Runtime, Secret, Variable, deliver, secret_path

SHIM = Runtime(secret_shim=True)
SHIM_AND_COMMAND = Runtime(secret_shim=True, command=("serve",))
PASSWORD = Secret("web_password")


@pytest.mark.parametrize(
    ("way", "name", "variable", "runtime", "command"),
    [
        ("written", "A", Variable("A", ("x", "y")), Runtime(), None),
        ("filled", "A", Variable("A", ("x", Deferred("HOST"))), Runtime(), None),
        ("written", "A_FILE", Variable("A", (PASSWORD,), file=True), SHIM_AND_COMMAND, None),
        ("exported", "A", Variable("A", (PASSWORD,)), SHIM_AND_COMMAND, None),
        ("exported", "A", Variable("A", ("x", PASSWORD)), SHIM, "serve --fast"),
        # Without a command to put a shell before, or a shell that the type vouches for, official images read _FILE.
        ("written", "A_FILE", Variable("A", (PASSWORD,)), SHIM, None),
        ("written", "A_FILE", Variable("A", (PASSWORD,)), Runtime(command=("serve",)), None),
        ("written", "a.b_FILE", Variable("a.b", (PASSWORD,)), SHIM_AND_COMMAND, None),
        ("stuck", "A", Variable("A", ("x", PASSWORD)), SHIM, None),
        ("stuck", "A", Variable("A", ("x", PASSWORD)), Runtime(), "serve"),
    ],
)
def test_every_variable_has_one_way(
    way: str, name: str, variable: Variable, runtime: Runtime, command: str | None
) -> None:
    delivery = deliver(fake.service("web", variables=(variable,), runtime=runtime, command=command))

    found = {way: [v.name for v in getattr(delivery, way)] for way in ("written", "filled", "exported", "stuck")}
    assert found == {"written": [], "filled": [], "exported": [], "stuck": [], way: [name]}


def test_a_value_of_the_target_reaches_the_shell_by_a_variable_of_its_own() -> None:
    variable = Variable("URL", (Deferred("HOST"), PASSWORD, Deferred("HOST")))

    delivery = deliver(fake.service("web", variables=(variable,), runtime=SHIM_AND_COMMAND))

    assert delivery.exported == (variable,)
    assert delivery.filled == (Variable("KMTOPO_ENV_HOST", (Deferred("HOST"),)),)


def test_only_literal_variables_make_an_env_file() -> None:
    filled = fake.service("web", variables=(Variable("A", (Deferred("A"),)),))
    written = fake.service("web", variables=(Variable("A", ("1",)),))

    assert deliver(filled).env_file is None
    assert deliver(written).env_file == PurePosixPath("env/web.env")


def test_a_container_finds_its_secrets_where_compose_mounts_them() -> None:
    assert secret_path("web_password") == "/run/secrets/web_password"
