"""The small network of tests/conftest.py, converted once in every mode."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from digits_convert.convert import Conversion, convert
from digits_convert.quantise import Mode

Converted = Callable[[Mode], Conversion]


@pytest.fixture(scope="session")
def converted(uci_network: Path) -> Converted:
    @cache
    def in_mode(mode: Mode) -> Conversion:
        return convert(uci_network, mode, data=None, representative=200, seed=0, say=lambda _: None)

    return in_mode
