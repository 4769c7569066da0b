"""What a reader gets of hard pages, difficulty by difficulty."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from digits_edge.frame import Frame
from digits_edge.reader import Reader
from digits_train.images import Images
from digits_train.pages.hard_page import Kind, hard_page
from digits_train.pages.strengths import FACTORS, Strengths
from scoring.verdicts import edit_distance

STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)
LOW = 0.15  # of everything but the factor in question
EVERYTHING = "everything"
EMPTY: tuple[Kind, ...] = ("words", "blank", "clutter")

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Point:
    """A reader's result on the pages of one set of strengths."""

    factor: str
    strength: float
    pages: int
    digits: int
    edits: int
    false: int  # digits read where no digit is
    exact: int  # pages without an edit
    read: int  # pages with any reading

    @property
    def right(self) -> float:
        """1 − edits / digits, as scripts/score counts; never below 0."""
        return max(0.0, 1 - self.edits / max(1, self.digits))


def strengths_for(factor: str, strength: float) -> Strengths:
    """Of one factor with the others low, or of everything at once."""
    if factor == EVERYTHING:
        return Strengths.all_at(strength)
    return replace(Strengths.all_at(LOW), **{factor: strength})


def sweep(reader: Reader, digits: Images, seeds: Sequence[int], progress: Progress) -> Iterator[Point]:
    """Each factor at each step, the same pages every time; last everything at once."""
    for factor in (*FACTORS, EVERYTHING):
        for strength in STEPS:
            progress(f"{factor} at {strength:g}")
            yield measure(reader, digits, seeds, strengths_for(factor, strength), factor, strength)


def empty_pages(reader: Reader, digits: Images, seeds: Sequence[int], progress: Progress) -> Iterator[Point]:
    """Pages that hold nothing to read, everything else at medium strength."""
    for kind in EMPTY:
        progress(f"{kind}, no digits")
        yield measure(reader, digits, seeds, Strengths.all_at(0.5), kind, 0.5, kind)


def measure(
    reader: Reader,
    digits: Images,
    seeds: Sequence[int],
    strengths: Strengths,
    factor: str,
    strength: float,
    kind: Kind = "numbers",
) -> Point:
    expected = edits = false = exact = read = 0
    for seed in seeds:
        page = hard_page(digits, strengths, seed, kind=kind)
        reading = reader.read(Frame(page.pixels, f"page {seed}"))
        found = "".join(number.text for number in reading.numbers)
        wanted = "".join(page.text.split())
        wrong = edit_distance(wanted, found)
        centres = [
            (d.box.x + d.box.width // 2, d.box.y + d.box.height // 2)
            for n in reading.numbers
            for d in n.digits
        ]
        false += sum(
            not any(w.box.x <= x < w.box.right and w.box.y <= y < w.box.bottom for w in page.written)
            for x, y in centres
        )
        expected += len(wanted)
        edits += wrong
        exact += not wrong
        read += bool(found)
    return Point(factor, strength, len(seeds), expected, edits, false, exact, read)
