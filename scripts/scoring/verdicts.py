"""Whether an answer is right, and what a set's answers come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scoring.answers import Answer
from scoring.sets import LabelledSet, Layout


@dataclass(frozen=True, slots=True)
class Verdict:
    image: Path
    expected: str
    answer: Answer
    right: bool
    edits: int  # between the expected digits and those read


@dataclass(frozen=True, slots=True)
class Figures:
    """`score` is the share of images right, for pages 1 − edits / digits, for negatives the share *read*."""

    name: str
    layout: Layout
    images: int
    score: float
    right: int  # images; of the negatives those left unread
    none: int  # images without any number
    split: int  # singles read as more than one digit
    wrong: int  # singles read as another digit
    digits: int
    edits: int
    errors: int  # images that couldn't be used


def edit_distance(a: str, b: str) -> int:
    """The fewest insertions, deletions and substitutions that turn `a` into `b` (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        corner, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (x != y))
    return row[-1]


def judge(labelled: LabelledSet, answers: dict[Path, Answer]) -> list[Verdict]:
    verdicts = []
    for image, expected in labelled.expected.items():
        answer = answers[image]
        right = answer.digits == expected and answer.error is None
        if labelled.layout == "singles":  # not "1 2" for 12, and not "" "5" for 5
            right = right and len(answer.numbers) == 1
        verdicts.append(Verdict(image, expected, answer, right, edit_distance(expected, answer.digits)))
    return verdicts


def figures(labelled: LabelledSet, verdicts: Sequence[Verdict]) -> Figures:
    right = sum(verdict.right for verdict in verdicts)
    digits = sum(len(verdict.expected) for verdict in verdicts)
    edits = sum(verdict.edits for verdict in verdicts)
    single = [verdict.answer for verdict in verdicts if verdict.answer.error is None]
    read_any = sum(bool(answer.numbers) for answer in single)
    split = sum(len(answer.numbers) > 1 or len(answer.digits) > 1 for answer in single)
    score = {
        "singles": right / max(1, len(verdicts)),
        "pages": 1 - edits / max(1, digits),
        "negatives": read_any / max(1, len(verdicts)),
    }[labelled.layout]
    return Figures(
        name=labelled.name,
        layout=labelled.layout,
        images=len(verdicts),
        score=score,
        right=right,
        none=len(single) - read_any,
        split=split,
        wrong=read_any - split - right if labelled.layout == "singles" else 0,
        digits=digits,
        edits=edits,
        errors=len(verdicts) - len(single),
    )
