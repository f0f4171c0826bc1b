"""What holds for every test."""

from __future__ import annotations

import pytest
from hypothesis import settings

# A machine that is busy with other tests is no reason to fail; the same commit finds the same.
settings.register_profile("kmtopo", deadline=None, derandomize=True)
settings.load_profile("kmtopo")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option that writes golden outputs anew."""
    parser.addoption("--update-golden", action="store_true", help="write golden outputs anew: read their diff")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden outputs are written anew instead of compared."""
    return bool(request.config.getoption("--update-golden"))
