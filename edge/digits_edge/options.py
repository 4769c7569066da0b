"""Options of edge-digits beyond what click has: regions, digit counts, and help in groups."""

import os
import re
import sys
import threading
from contextlib import suppress
from typing import Any, NamedTuple

import click

from digits_edge.command import Command
from digits_edge.reading import Box


class DigitCount(NamedTuple):
    """How many digits a number may have."""

    least: int
    most: int

    def allows(self, digits: int) -> bool:
        return self.least <= digits <= self.most

    def __str__(self) -> str:
        return f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"


def digit_count(text: str) -> DigitCount:
    """`5` or `4-6` as a DigitCount."""
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
    if not match or not 1 <= int(match[1]) <= int(match[2] or match[1]):
        raise click.BadParameter(f"{text!r} is no count of digits; wanted 5, or 4-6.")
    return DigitCount(int(match[1]), int(match[2] or match[1]))


def region(text: str) -> Box:
    """`X,Y,WIDTH,HEIGHT` as a Box."""
    match = re.fullmatch(r"(\d+),(\d+),(\d+),(\d+)", text.replace(" ", ""))
    if not match or not int(match[3]) or not int(match[4]):
        raise click.BadParameter(
            f"{text!r} is no region; wanted X,Y,WIDTH,HEIGHT in pixels, as 100,50,640,200."
        )
    return Box(*(int(number) for number in match.groups()))


def resolution(text: str) -> tuple[int, int]:
    """`WIDTHxHEIGHT` as two numbers."""
    match = re.fullmatch(r"(\d+)[xX×](\d+)", text.replace(" ", ""))
    if not match or not int(match[1]) or not int(match[2]):
        raise click.BadParameter(f"{text!r} is no size; wanted WIDTHxHEIGHT in pixels, as 1280x720.")
    return int(match[1]), int(match[2])


class GroupedOption(click.Option):
    """An option that stands under a heading of the help."""

    def __init__(self, *args: Any, group: str = "Options", **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.group = group


class GroupedCommand(Command):
    def main(self, *args: Any, **extra: Any) -> Any:
        """Ends the process, at once where a thread is still inside a camera's driver.

        Python would kill that thread when it comes out, in the middle of C++, which aborts with 134.
        """
        try:
            return super().main(*args, **extra)
        except SystemExit as end:
            if any(thread.daemon for thread in threading.enumerate()):
                for stream in (sys.stdout, sys.stderr):
                    with suppress(OSError, AttributeError):  # full, or closed
                        stream.flush()
                os._exit(end.code if isinstance(end.code, int) else 0 if end.code is None else 1)
            raise

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record and isinstance(parameter, click.Option):
                groups.setdefault(getattr(parameter, "group", "Other"), []).append(record)
        for heading, records in sorted(groups.items(), key=lambda group: group[0] == "Other"):
            with formatter.section(heading):
                formatter.write_dl(records)
