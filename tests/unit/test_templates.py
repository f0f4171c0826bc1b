"""Templates: without Jinja2 where names alone stand between braces, and with it where there is more."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kmtopo.templates import NamesOnly, Template, template

Load = Callable[[str], Template]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Load]:
    """Loads a text as the template of a package of its own."""
    package = f"package_{abs(hash(request.node.name))}"
    (tmp_path / package / "templates").mkdir(parents=True)
    (tmp_path / package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)

    def loaded(text: str) -> Template:
        (tmp_path / package / "templates" / "text").write_text(text, encoding="utf-8")
        return template(package, "text")

    yield loaded
    sys.modules.pop(package, None)


def test_names_are_replaced_by_their_values(load: Load) -> None:
    made = load('echo {{ name }} "${name}" {{count}} {{ name }}\n')

    assert made.render({"name": "café", "unused": ""}, count=2) == 'echo café "${name}" 2 café\n'
    assert isinstance(made, NamesOnly)


def test_a_text_without_names_stays_as_it_is(load: Load) -> None:
    assert load("\\set x 1\n\n").render() == "\\set x 1\n\n"


def test_a_value_is_not_read_as_a_template(load: Load) -> None:
    assert load("{{ a }}\n").render(a="{{ b }}", b="no") == "{{ b }}\n"


@pytest.mark.parametrize("text", ["{{ name }}\n", "{% if true %}{{ name }}{% endif %}\n"])
def test_a_missing_name_is_an_error(load: Load, text: str) -> None:
    with pytest.raises(Exception, match="name"):
        load(text).render()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% for n in names %}{{ n }}.{% endfor %}\n", "a.b."),
        ("{{ names | length }}\n", "2\n"),
        ("{{ names[0] }}\n", "a\n"),
        ("a {# told to nobody #}\n", "a "),
    ],
)
def test_all_else_is_jinja(load: Load, text: str, expected: str) -> None:
    assert load(text).render(names=["a", "b"]) == expected
