"""The command train-digits."""

import sys
from pathlib import Path

import click

from digits_edge.command import STOPPED, Command, FiniteRange, needs, shell_word
from digits_train.backend import load_tensorflow
from digits_train.recipe import load_recipe, recipe_names


@click.command(cls=Command, context_settings={"show_default": True, "max_content_width": 100})
@click.option(
    "--recipe",
    type=click.Choice(recipe_names()),
    default="compact",
    help="The network and how it is trained.",
)
@click.option(
    "--data",
    metavar="mnist|uci|FILE.npz|FOLDER",
    default="mnist",
    help="What to learn from: MNIST (found in the folder that DIGITS_DATA names, else downloaded once); "
    "1,797 digits that come with scikit-learn; a file like Keras' mnist.npz; or a folder of images with a "
    "sub-folder for each digit, 0 to 9.",
)
@click.option(
    "--extra",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FOLDER",
    help="More training images, in sub-folders 0 to 9, and `none` for what is no digit. Repeatable.",
)
@click.option(
    "--test-share",
    type=FiniteRange(0, 1, min_open=True, max_open=True),
    help="Pool all images and test on this share of them, 0.2 for a fifth.  [default: the data's own "
    "test part, else 0.2]",
)
@click.option("--epochs", type=click.IntRange(1), help="Passes over the images.  [default: the recipe's]")
@click.option("--quick", is_flag=True, help="A few of the epochs: nearly as good, in minutes.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    help="Of all that is random: the same seed on the same processor gives the same weights.  "
    "[default: the recipe's]",
)
@click.option("--resume", is_flag=True, help="Go on after the last whole epoch of a run that was stopped.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="digits.keras",
    help="The trained network.",
)
@click.option(
    "--report",
    type=click.Path(file_okay=False, path_type=Path),
    default="report",
    metavar="FOLDER",
    help="A folder for figures and pictures: learning curves, mistakes, probabilities.",
)
def main(
    recipe: str,
    data: str,
    extra: tuple[Path, ...],
    test_share: float | None,
    epochs: int | None,
    quick: bool,
    seed: int | None,
    resume: bool,
    output: Path,
    report: Path,
) -> None:
    """Train a network that reads handwritten digits.

    With no option at all it trains the compact network on MNIST, in about half an hour on two cores,
    and leaves digits.keras and a report. Then convert-digits makes it fit for a Raspberry Pi.

    \b
    Examples:
      train-digits
      train-digits --quick                              99.4 % in a few minutes
      train-digits --recipe article                     a beginner's network, in minutes
      train-digits --recipe article --data uci          seconds, and no download
      train-digits --extra my-digits                    learns your handwriting too
      train-digits --resume                             after Ctrl-C or a power cut
    """  # noqa: D301
    if output.suffix != ".keras":
        raise click.BadParameter(f"{output}: the name must end in .keras", param_hint="--output")
    with needs("train"):
        load_tensorflow()
        from digits_train.data import load_data
        from digits_train.progress import Teller
        from digits_train.train import checkpoint_of, train

        chosen = load_recipe(recipe)
    total = epochs or (chosen.quick if quick else chosen.epochs)
    seed = chosen.seed if seed is None else seed
    images = load_data(data, extra=extra, test_share=test_share, seed=seed)
    if not chosen.rejects and (unused := images.no_digits()):
        images = images.digits_only()
        click.echo(
            f"{unused} images of no digit left out: the recipe {recipe} has no class for them", err=True
        )
    click.echo(
        f"Training {recipe} on {images.name}: {len(images.train):,} images, {len(images.test):,} to test",
        err=True,
    )
    with Teller(sys.stderr, total) as teller:
        trained = train(
            chosen,
            images,
            output,
            report,
            seed=seed,
            epochs=total,
            resume=resume,
            on_step=teller.step,
            on_epoch=teller.epoch,
        )
    fitted = trained.fitted
    if trained.evaluation:
        click.echo(
            f"{trained.evaluation.accuracy:.2%} of {len(trained.evaluation.images):,} test digits read right"
        )
        click.echo(f"network  {output}\nreport   {report}")
    if not fitted.interrupted:
        of = f"--data {shell_word(data)} " if extra or data not in ("mnist", "uci") else ""
        click.echo(f"next     convert-digits {of}{shell_word(output)}")
        return
    if trained.evaluation:
        kept = f"kept the best weights so far, of epoch {fitted.epoch}"
    elif fitted.epoch:
        kept = f"kept the weights so far in {checkpoint_of(output)}"
    else:
        kept = "nothing to keep yet"
    again = "; add --resume to go on" if fitted.history else ""
    click.echo(f"Stopped: {kept}{again}", err=True)
    click.get_current_context().exit(STOPPED)
