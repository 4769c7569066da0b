"""What the commands share: an error that can be mended is one line, Ctrl-C is 130, names can be pasted."""

import io
import math
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from digits_edge.errors import DigitsError, MissingPackageError

STOPPED = 130  # the shells' exit code after Ctrl-C: 128 + SIGINT


class Command(click.Command):
    """A click command that turns a DigitsError into `Error: …` and exit code 1, Ctrl-C into 130.

    A real bug keeps its traceback. An empty value is wrong usage, since an empty path would name the
    current folder. What a terminal can't show is escaped there: micro signs, names of files.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        for stream in (sys.stdout, sys.stderr):  # before --help, which is printed while parsing
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        given, _, _ = self.make_parser(ctx).parse_args(list(args))
        for parameter in self.params:
            value = given.get(parameter.name or "")
            if value == "" or (isinstance(value, list | tuple) and "" in value):
                raise click.BadParameter("it is empty; give a name, or leave it out", ctx, parameter)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DigitsError as error:
            raise click.ClickException(" ".join(str(error).split())) from error
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            ctx.exit(STOPPED)


class FiniteRange(click.FloatRange):
    """A range of numbers that NaN is outside of, though it is neither too small nor too large."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value} is no number that can be compared.", param, ctx)
        return number


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Inside the block a package that isn't installed is an error that names the extra to install."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingPackageError(f"no {error.name} here; run: pip install 'edge-digits[{extra}]'") from error


def shell_word(name: str | Path) -> str:
    """A file's name to be pasted into a shell: one argument, and no option though it begins with a dash.

    What can't be shown, such as bytes that are no UTF-8, is escaped as bash, zsh and POSIX 2024 read it.
    """
    text = f"./{name}" if str(name).startswith("-") else str(name)
    if text.isprintable():
        return shlex.quote(text)
    escaped = os.fsencode(text).decode("latin-1").encode("unicode_escape").decode()
    return "$'" + escaped.replace("'", r"\'") + "'"
