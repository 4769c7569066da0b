"""What the three commands share: an error that can be mended is one line, Ctrl-C is 130."""

from typing import Any

import click

from digits_edge.errors import DigitsError

STOPPED = 130  # the shells' exit code after Ctrl-C: 128 + SIGINT


class Command(click.Command):
    """A click command that turns a DigitsError into `Error: …` and exit code 1, Ctrl-C into 130.

    A real bug keeps its traceback.
    """

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DigitsError as error:
            raise click.ClickException(" ".join(str(error).split())) from error
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            ctx.exit(STOPPED)


class Group(Command, click.Group):
    """The same for a command with subcommands."""
