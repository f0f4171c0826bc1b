"""Patches of a whole build: which files they find, what they refuse, and what is told of them."""

from __future__ import annotations

import pytest

from kmtopo.artifacts import Hatch
from kmtopo.trace import opening
from topologies import UNDRAWN, built, told

SHOP = """\
kmtopo: 1
name: shop
vps: {main: {}}
containers:
  web: {type: generic, image: shop/web:1.0.0, env: {MODE: fast, OTHER: x}, resources: {cpu: 1, memory: 1GiB}}
environments:
  live: {}
  trial: {}
patches:
"""
COMPOSE = "live/main/compose.yaml"


def text_with(*patches: str) -> str:
    return SHOP + "".join(f"  - {{{patch}, why: Because}}\n" for patch in patches)


def content(text: str, path: str, environment: str = "live") -> str:
    build = built(text, generators=UNDRAWN)
    assert build.ok, told(build)
    return next(a.content for _, a in build.artifacts[environment] if str(a.path) == path)


def test_a_glob_reaches_the_file_in_every_environment_and_each_is_told() -> None:
    build = built(text_with('file: "*/main/compose.yaml", set: services.web.init, value: true'), generators=UNDRAWN)

    assert build.hatches == (
        Hatch("patch", "live/main/compose.yaml", "services.web.init", "topology.yaml:10:5", "Because"),
        Hatch("patch", "trial/main/compose.yaml", "services.web.init", "topology.yaml:10:5", "Because"),
    )


def test_the_trace_leads_from_the_patched_line_to_the_patch_and_from_the_next_to_its_own_block() -> None:
    made = content(text_with(f"file: {COMPOSE}, set: services.web.image, value: shop/web:2.0.0"), "main/compose.yaml")
    line = next(number for number, each in enumerate(made.splitlines(), 1) if "shop/web:2.0.0" in each)

    assert opening(made, line) == "patches[0]"
    assert opening(made, line + 2) == "containers.web"


def test_patches_of_one_file_are_applied_in_order() -> None:
    first, second = "set: services.web.labels, value: {a: one}", "set: services.web.labels.b, value: two"
    made = content(text_with(f"file: {COMPOSE}, {first}", f"file: {COMPOSE}, {second}"), "main/compose.yaml")

    assert "    # from patches[0]\n    # from patches[1]\n    labels: {a: one, b: two}\n" in made


@pytest.mark.parametrize(
    ("patch", "after"),
    [
        (
            "set: MODE, value: 1.10",
            "# from patches[0]\nMODE=1.10\n# from containers.web.env.OTHER\nOTHER=x\n",
        ),
        (
            "set: MODE, value: a b$c",
            "# from patches[0]\nMODE='a b$c'\n# from containers.web.env.OTHER\nOTHER=x\n",
        ),
        ("delete: MODE", "# from patches[0]\n# from containers.web.env.OTHER\nOTHER=x\n"),
        (
            "set: TZ, value: UTC",
            "MODE=fast\n# from containers.web.env.OTHER\nOTHER=x\n# from patches[0]\nTZ=UTC\n",
        ),
    ],
)
def test_a_variable_of_an_env_file_is_set_and_deleted(patch: str, after: str) -> None:
    before = "MODE=fast\n# from containers.web.env.OTHER\nOTHER=x\n"
    plain = content(SHOP.removesuffix("patches:\n"), "main/env/web.env")
    made = content(text_with(f"file: live/main/env/web.env, {patch}"), "main/env/web.env")

    assert plain.endswith(before)
    assert made == plain.removesuffix(before) + after


@pytest.mark.parametrize(
    ("patch", "found"),
    [
        ("file: live/main/compose.yml, delete: name", ("KM640", 10, 12)),
        ("file: life/main/compose.yaml, delete: name", ("KM640", 10, 12)),
        ("file: live/main/nginx/nginx.conf, delete: name", ("KM641", 10, 12)),
        ("file: live, delete: name", ("KM641", 10, 12)),
        (f"file: {COMPOSE}, delete: services.wbe", ("KM642", 10, 44)),
        (f'file: {COMPOSE}, delete: "services..web"', ("KM642", 10, 44)),
        ("file: live/main/env/web.env, delete: NODE", ("KM642", 10, 43)),
        ("file: live/main/env/web.env, set: a.b, value: 1", ("KM642", 10, 40)),
        ("file: live/main/env/web.env, set: A, value: it's", ("KM644", 10, 50)),
        ("file: live/main/env/web.env, set: A, value: .nan", ("KM644", 10, 50)),
        ("file: live/main/env/web.env, set: API_TOKEN, value: abc", ("KM643", 10, 58)),
        (f"file: {COMPOSE}, set: services.web.environment, value: [DB_PASSWORD=x]", ("KM643", 10, 75)),
        (f"file: {COMPOSE}, set: services.web.environment, value: {{db-password: x}}", ("KM643", 10, 88)),
        (f"file: {COMPOSE}, set: services.web.init", ("KM221", 10, 5)),
        (f"file: {COMPOSE}, delete: services.web.init, value: 1", ("KM221", 10, 5)),
    ],
)
def test_what_cannot_be_done_is_told_at_its_place(patch: str, found: tuple[str, int, int]) -> None:
    assert told(built(text_with(patch), generators=UNDRAWN)) == [found]


def test_a_credential_that_the_target_gives_is_none() -> None:
    wanted = f"file: {COMPOSE}, set: services.web.environment.DB_PASSWORD, value: '${{DB_PASSWORD:?}}'"
    environment = f"file: {COMPOSE}, set: services.web.environment, value: {{A: b}}"

    assert told(built(text_with(environment, wanted), generators=UNDRAWN)) == []


def test_a_build_of_some_generators_does_not_miss_the_files_of_others() -> None:
    assert told(built(text_with("file: live/main/env/none.env, delete: A"), generators=("compose",))) == []
