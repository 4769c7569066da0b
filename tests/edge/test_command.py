import os
import subprocess
from pathlib import Path

import pytest

from digits_edge.command import shell_word


def test_an_ordinary_name_is_told_as_it_is() -> None:
    assert shell_word(Path("networks/digits-1.keras")) == "networks/digits-1.keras"


@pytest.mark.parametrize(
    "name",
    ["a b", "café", "it's", '"$HOME" `ls` \\', "~", "*", "été's \udce9\\n'1", "two\nlines", "\x1b[1mbold"],
    ids=ascii,
)
def test_a_shell_takes_a_pasted_name_for_what_it_is(name: str) -> None:
    word = shell_word(name)
    taken = subprocess.run(["bash", "-c", f"printf %s {word}"], capture_output=True, check=True).stdout
    assert taken == os.fsencode(name)
    assert word.isprintable()


def test_a_pasted_name_is_no_option() -> None:
    assert shell_word(Path("-x.keras")) == "./-x.keras"
