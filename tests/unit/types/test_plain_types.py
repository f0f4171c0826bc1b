from __future__ import annotations

from collections.abc import Callable

from kmtopo.types import generic, mailpit, static
from kmtopo.types.runtime import Healthcheck, Port, Runtime, Setting, Tmpfs

MIB = 1024**2


def test_a_static_site_needs_no_privilege(setting: Callable[..., Setting]) -> None:
    assert static.runtime(setting(name="frontend", port=Port(8080), memory=256 * MIB)) == Runtime(
        command=None,
        user="101:101",
        capabilities=(),
        read_only=True,
        tmpfs=(
            Tmpfs("/run", MIB, 0o1777),
            Tmpfs("/tmp", 32 * MIB, 0o1777),
            Tmpfs("/var/cache/nginx", 32 * MIB, 0o1777),
        ),
        healthcheck=Healthcheck(
            (
                "CMD-SHELL",
                "wget -q -O /dev/null http://127.0.0.1:8080/ || curl -fsS -o /dev/null http://127.0.0.1:8080/",
            )
        ),
        pids=128,
    )


def test_a_static_site_is_asked_where_it_listens(setting: Callable[..., Setting]) -> None:
    check = static.runtime(setting(name="frontend", port=Port(3000))).healthcheck

    assert check == Healthcheck(
        ("CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:3000/ || curl -fsS -o /dev/null http://127.0.0.1:3000/")
    )


def test_mailpit_lives_in_memory_as_nobody(setting: Callable[..., Setting]) -> None:
    assert mailpit.runtime(setting(name="mailpit", memory=64 * MIB)) == Runtime(
        user="65534:65534",
        capabilities=(),
        read_only=True,
        tmpfs=(Tmpfs("/tmp", 32 * MIB, 0o1777),),
        healthcheck=Healthcheck(("CMD", "/mailpit", "readyz")),
        pids=64,
    )


def test_of_any_other_image_nothing_is_taken_for_granted(setting: Callable[..., Setting]) -> None:
    step_down = ("CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "SETGID", "SETUID")

    assert generic.GENERIC.runtime(setting(name="api")) == Runtime(
        capabilities=step_down, read_only=False, secret_shim=True, pids=512, stop_grace=30
    )
    assert generic.STORE.runtime(setting(name="mariadb")) == Runtime(
        capabilities=step_down, read_only=False, secret_shim=False, pids=512, stop_grace=60
    )


def test_what_others_run_is_equipped_with_nothing(setting: Callable[..., Setting]) -> None:
    assert generic.EXTERNAL.runtime(setting(name="banco")) == Runtime()
