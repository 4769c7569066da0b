"""How a network reads labelled folders, asked through edge-digits as scripts/score does."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from comparing.reliability import Claims
from scoring.answers import edge_digits, read
from scoring.sets import LabelledSet
from scoring.verdicts import Figures, Verdict, figures, judge


@dataclass(frozen=True, slots=True)
class Scored:
    figures: Figures
    claims: Claims | None  # of all digits found in singles, whatever their confidence


def score(model: Path, labelled: LabelledSet, options: Sequence[str] = ()) -> Scored:
    """The figures at the model's own threshold; for claims, singles are read again without one."""
    command = [edge_digits(), "--model", str(model), *options]
    images = list(labelled.expected)
    row = figures(labelled, judge(labelled, read(command, images)))
    if labelled.layout != "singles":
        return Scored(row, None)
    return Scored(row, claims_of(judge(labelled, read([*command, "--min-confidence", "0"], images))))


def claims_of(verdicts: Sequence[Verdict]) -> Claims:
    """What was read in single digits; an image with nothing found in it claims nothing."""
    read_any = [verdict for verdict in verdicts if verdict.answer.numbers]
    return Claims(
        np.array([verdict.answer.confidence for verdict in read_any], np.float64),
        np.array([verdict.right for verdict in read_any], np.bool_),
    )
