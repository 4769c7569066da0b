"""What one look found."""

import sys
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    NOTE = "note"  # worth knowing, and reading goes on
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    state: State
    found: str
    remedy: str = ""


def failed(name: str, error: BaseException) -> Check:
    """An exception as a finding: messages of this project say what to do after their last semicolon."""
    found, _, remedy = " ".join(str(error).split()).rpartition("; ")
    if not found:
        found, remedy = f"{type(error).__name__}: {remedy}", ""
    return Check(name, State.BAD, found, remedy)


def pip(words: str) -> str:
    """The command that runs pip for this very environment."""
    return f"run: {sys.executable} -m pip {words}"
