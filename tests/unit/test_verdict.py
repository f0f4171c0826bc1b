"""The verdict: what is told, and what waits until the rest is mended."""

from __future__ import annotations

from topologies import KMMOTOS, built, checked

UNLIKE = KMMOTOS.replace("    publish: [80, 443]\n", "    publish: [80, 443, 9443]\n")
TYPO = ("    type: static\n", "    type: statik\n")


def codes(text: str) -> list[str]:
    return [d.code for d in checked(text).diagnostics]


def test_environments_are_compared_once_nothing_else_is_wrong() -> None:
    assert codes(UNLIKE) == ["KM560"]
    assert codes(UNLIKE.replace(*TYPO)) == ["KM219"]


ACCEPTING = """\
kmtopo: 1
name: shop
vps: {main: {}}
containers:
  web: {type: generic, image: "shop/web:latest", port: 3000, resources: {cpu: 1, memory: 1GiB}}
environments: {live: {}}
accept:
  - {rule: image-unpinned, of: containers.web, why: It is built with every release}
  - {rule: redis-eviction-mixed, of: containers.web, why: Nobody knows}
"""


def test_what_was_accepted_before_files_are_generated_stays_accepted() -> None:
    assert [d.code for d in built(ACCEPTING, generators=("compose",)).diagnostics] == ["KM521"]


def test_an_entry_is_not_in_vain_while_what_it_is_about_may_be_missing() -> None:
    assert codes(ACCEPTING.replace("3000", "70000")) == ["KM211"]
