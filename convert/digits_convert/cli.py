"""The command convert-digits."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from digits_edge.command import Command, FiniteRange, needs, shell_word
from digits_edge.files import output_folder, write_whole
from digits_train.backend import load_tensorflow

if TYPE_CHECKING:
    from digits_convert.quantise import Mode


@click.command(cls=Command, context_settings={"show_default": True, "max_content_width": 100})
@click.argument("model", type=click.Path(path_type=Path), default="digits.keras")
@click.option(
    "--quantize",
    type=click.Choice(["int8", "dynamic", "float16", "float32"]),
    default="int8",
    help="int8: whole numbers throughout, uint8 in and out. dynamic: int8 weights, float32 arithmetic. "
    "float16: half the size. float32: as trained.",
)
@click.option(
    "--representative",
    type=click.IntRange(min=10),
    metavar="N",
    default=500,
    help="How many training images int8 takes its ranges from.",
)
@click.option(
    "--data",
    metavar="mnist|uci|FILE.npz|FOLDER",
    help="What the network was trained and tested on.  [default: what its card says, mnist or uci]",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=0, help="Of the draw of representative images."
)
@click.option(
    "--max-drop",
    type=FiniteRange(0, 100),
    metavar="POINTS",
    default=0.10,
    help="The most accuracy that may be lost, in points of 100 and rounded up to whole images, on any "
    "runtime; else no file is written.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="digits.tflite",
    help="The converted file.",
)
@click.option(
    "--inspect",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Convert nothing; print all that a .tflite file carries, and whether it runs rightly here.",
)
def main(
    model: Path,
    quantize: "Mode",
    representative: int,
    data: str | None,
    seed: int,
    max_drop: float,
    output: Path,
    inspect: Path | None,
) -> None:
    """Convert a trained network for a small computer, and prove that it still reads as well.

    With no option at all it turns digits.keras in this folder into digits.tflite, in int8: it looks at
    the type of every tensor, runs all test images through the network and through the new file on
    every interpreter installed, and puts labels, card and proof inside the one file.

    \b
    Examples:
      convert-digits
      convert-digits small.keras --output small.tflite
      convert-digits --quantize float32 --output float.tflite
      convert-digits --inspect digits.tflite
    """  # noqa: D301
    with needs("convert"):
        load_tensorflow()
        from digits_convert.convert import convert
        from digits_convert.parity import check_drop
        from digits_convert.show import show
        from digits_convert.table import parity_table
    if inspect:
        shown = show(inspect)
        click.echo(shown.text)
        if shown.wrong:
            raise shown.wrong[0]
        return
    if output.suffix != ".tflite":
        raise click.BadParameter(f"{output}: the name must end in .tflite", param_hint="--output")
    output_folder(output.parent)  # what can't be written is known before the work
    done = convert(model, quantize, data=data, representative=representative, seed=seed, say=_say)
    click.echo(parity_table(done.card.parity))
    check_drop(done.card.parity, max_drop)
    write_whole(output, done.content)
    _say(f"{output}: {len(done.content):,} bytes, needs TensorFlow Lite {done.card.minimum_runtime} or later")
    click.echo(f"\nnext  edge-digits --model {shell_word(output)} page.jpg")


def _say(line: str) -> None:
    click.echo(line, err=True)
