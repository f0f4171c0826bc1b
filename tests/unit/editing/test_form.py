"""The canonical form: keys in the order of the language, everything else as somebody wrote it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from kmtopo.editing import in_form
from kmtopo.source import Source


def formed(text: str) -> str:
    made = in_form(Source("topology.yaml", text))
    assert in_form(Source("topology.yaml", made)) == made
    return made


CASES = {
    "roots, nouns, entries and what is in them": (
        """\
        name: shop
        kmtopo: 1
        x-mine: {b: 1, a: 2}
        environments:
          production: {}
        containers:
          web:
            resources:
              memory: 1GiB
              cpu: 1
            volumes:
              zeta: {size: 1GiB, path: /z}
              alfa:
                size: 1GiB
                path: /a
            uses:
              redis:
                optional: true
                for: [cache]
              postgres: {}
            type: generic
          api:
            image: a
        """,
        """\
        kmtopo: 1
        name: shop
        containers:
          web:
            type: generic
            uses:
              redis:
                for: [cache]
                optional: true
              postgres: {}
            resources:
              cpu: 1
              memory: 1GiB
            volumes:
              zeta: {size: 1GiB, path: /z}
              alfa:
                path: /a
                size: 1GiB
          api:
            image: a
        environments:
          production: {}
        x-mine: {b: 1, a: 2}
        """,
    ),
    "environments and their overlays": (
        """\
        environments:
          test:
            containers:
              web:
                image: a
                type: generic
            domain: a.example
            unknown: 1
            tenants: [one]
            title: Test
        """,
        """\
        environments:
          test:
            title: Test
            domain: a.example
            tenants: [one]
            containers:
              web:
                type: generic
                image: a
            unknown: 1
        """,
    ),
    "comments and blank lines go with the key that they precede": (
        """\
        # The shop's topology.

        # who we are
        name: shop  # the slug

        # which language
        #  and which version
        kmtopo: 1
          # deeper: the end of kmtopo

        vps:
          main:
            # a price
            cost: 1 USD/month

            # a name
            title: Main
          # spare: {}

        # the end
        """,
        """\
        # The shop's topology.

        # which language
        #  and which version
        kmtopo: 1
          # deeper: the end of kmtopo

        # who we are
        name: shop  # the slug

        vps:
          main:
            # a name
            title: Main

            # a price
            cost: 1 USD/month
          # spare: {}

        # the end
        """,
    ),
    "items of a list lend their dash": (
        """\
        policies:
          - why: because
            deny:
              to: [a]
              from: internet
          -   # a comment
            why: so
            publish: [a]
          - why: there

            # a comment above cannot stand beside a dash
            budget: 1 USD/month
        """,
        """\
        policies:
          - deny:
              from: internet
              to: [a]
            why: because
          -   # a comment
            publish: [a]
            why: so
          - why: there

            # a comment above cannot stand beside a dash
            budget: 1 USD/month
        """,
    ),
    "routes in the form of a list": (
        """\
        containers:
          proxy:
            routes:
            - to: api
              path: /api
        """,
        """\
        containers:
          proxy:
            routes:
            - path: /api
              to: api
        """,
    ),
    "an anchor stays before its alias": (
        """\
        x-common: &common
          memory: 1GiB
          cpu: 1
        kmtopo: 1
        containers:
          web:
            resources: *common
            image: a
        """,
        """\
        x-common: &common
          memory: 1GiB
          cpu: 1
        kmtopo: 1
        containers:
          web:
            image: a
            resources: *common
        """,
    ),
    "a merge comes first": (
        """\
        containers:
          web: &web
            image: a
            type: generic
          api:
            image: b
            <<: *web
        """,
        """\
        containers:
          web: &web
            type: generic
            image: a
          api:
            <<: *web
            image: b
        """,
    ),
    "two anchors of a name: nothing moves": (
        """\
        name: &a shop
        kmtopo: 1
        x-1: &a 2
        x-2: *a
        """,
        None,
    ),
    "text of several lines, quotes and keys as they are": (
        """\
        containers:
          web:
            command: |
              # no comment
              one

            "image": 'a'
            purpose: >+
              kept

            title: "two
              lines"
            type: !!str generic
        """,
        None,
    ),
    "a text that keeps its blank lines": (
        """\
        containers:
          web:
            purpose: >+
              kept

            type: generic
        """,
        None,
    ),
    "blocks of text": (
        """\
        containers:
          web:
            command: |
              # no comment
                one

            "image": 'a'
            title: "two
              lines"
        """,
        """\
        containers:
          web:
            title: "two
              lines"

            "image": 'a'
            command: |
              # no comment
                one
        """,
    ),
    "a key that does not begin its line": (
        """\
        containers:
          web:
            ? image
            : a
            type: generic
        """,
        None,
    ),
    "a hint for editors and the start of the document stay at the top": (
        """\
        # yaml-language-server: $schema=topology.schema.json
        # the shop
        name: shop
        kmtopo: 1
        ...
        """,
        """\
        # yaml-language-server: $schema=topology.schema.json
        kmtopo: 1
        # the shop
        name: shop
        ...
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_keys_stand_in_the_order_of_the_language(case: str) -> None:
    given, expected = (dedent(text) if text else None for text in CASES[case])
    assert given is not None

    if "!!str" in given:
        with pytest.raises(ValueError, match=r"topology\.yaml"):
            formed(given)
    else:
        assert formed(given) == (expected or given)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay_and_the_last_line_gets_one(end: str) -> None:
    given, expected = "name: shop{0}kmtopo: 1{0}vps: {{}}", "kmtopo: 1{0}name: shop{0}vps: {{}}{0}"

    assert formed(given.format(end)) == expected.format(end)
    assert formed(f"vps: {{}}{end}name: a") == f"name: a{end}vps: {{}}{end}"


@pytest.mark.parametrize("text", ["vps: {}\nname: |\n  a", "vps: {}\nname: |+\n  a\n\n", "vps: {}\nname: |-\n  a"])
def test_a_text_that_ends_with_the_file_ends_it(text: str) -> None:
    assert formed(text) == text


def test_a_text_can_become_the_last_one() -> None:
    assert formed("x-text: |\n  a\n\nname: b") == "name: b\n\nx-text: |\n  a\n"


@pytest.mark.parametrize("text", ["", "a: 1\na: 2\n", "a: [", "- 1\n--- \n- 2\n"])
def test_what_is_not_yaml_has_no_form(text: str) -> None:
    with pytest.raises(ValueError, match=r"topology\.yaml"):
        in_form(Source("topology.yaml", text))


@pytest.mark.parametrize("text", ["1\n", "[]\n", "- b: 1\n  a: 2\n", "null_: {}\n", "vps: text\ncontainers: [1]\n"])
def test_what_is_no_topology_stays_as_it_is(text: str) -> None:
    assert formed(text) == text
