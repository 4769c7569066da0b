"""Numbers that many frames agree on, out of readings that flicker.

Each number is followed by its place. A frame has one vote there, weighing as much as it is sure of
its text; a frame that read nothing there votes for nothing. Two thirds of the latest votes make a
text the value, which a single frame never has, however sure it is. The window is as long in seconds
as a hand passes by, and at least so many frames that one a second will do.
"""

from collections import defaultdict, deque
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digits_edge.options import DigitCount
from digits_edge.reading import Box, Number, Reading, Stable
from digits_edge.rows import in_rows

WINDOW = 0.5  # seconds of frames that vote
FRAMES = 5  # that vote at least, where fewer come in that time
AGREEING = 3  # frames behind a value at least, at the start, too
SHARE = 2 / 3  # of all votes that makes a value
HOLD = 1.5  # seconds that a value stays while it isn't read; no less than the window
SAME_PLACE = 0.1  # of two boxes' union that they share, at least; the best pairs come first
SAME_SIZE = 1.5  # times higher or lower: what reads the same elsewhere may have been moved


class Vote(NamedTuple):
    at: float
    text: str
    confidence: float


@dataclass(slots=True, eq=False)
class Track:
    """A place that a number was read at."""

    box: Box
    seen: float  # when a number was last read there, whatever it was
    votes: deque[Vote] = field(default_factory=deque)
    value: Stable | None = None
    supported: float = 0.0  # when the value was last read


class Tracker:
    """Follows the numbers of one camera; after an absence make another, since old votes count no more."""

    def __init__(self, expected: DigitCount | None = None) -> None:
        self._expected = expected  # digits of a number; others are no votes
        self._frames: deque[float] = deque()  # when those of the window were taken
        self._tracks: list[Track] = []

    def follow(self, reading: Reading, at: float) -> Reading:
        """The reading of a frame taken `at` so many seconds, with all values that hold now."""
        self._frames.append(at)
        while len(self._frames) > FRAMES and self._frames[0] < at - WINDOW:
            self._frames.popleft()
        tracks = self._placed(reading.numbers, at)
        for number, track in zip(reading.numbers, tracks, strict=True):
            track.box, track.seen = number.box, at
            if self._expected is None or self._expected.allows(len(number.digits)):
                track.votes.append(Vote(at, number.text, number.confidence))
        for track in tuple(self._tracks):
            self._settle(track, at, reading.time)
        oldest = min(at - HOLD, self._frames[0])
        self._tracks = [track for track in self._tracks if track.seen >= oldest]
        return replace(
            reading,
            numbers=tuple(
                replace(number, stable=track.value)
                for number, track in zip(reading.numbers, tracks, strict=True)
            ),
            values=_in_order([track.value for track in self._tracks if track.value]),
        )

    def _placed(self, numbers: tuple[Number, ...], at: float) -> list[Track]:
        """The track of every number: the one at its place, else the one it moved from, else a new one."""
        tracks = self._tracks
        shared = _shared([number.box for number in numbers], [track.box for track in tracks])
        pairs = np.argwhere(shared >= SAME_PLACE)
        chosen: dict[int, int] = {}  # number → track
        for n, t in pairs[np.argsort(-shared[*pairs.T], kind="stable")].tolist():
            if n not in chosen and t not in chosen.values():
                chosen[n] = t
        free = [track for t, track in enumerate(tracks) if t not in chosen.values()]
        placed = []
        for n, number in enumerate(numbers):
            track = tracks[chosen[n]] if n in chosen else next((t for t in free if _moved(t, number)), None)
            if track is None:
                track = Track(number.box, at)
                self._tracks = [*self._tracks, track]
            elif n not in chosen:
                free.remove(track)
            placed.append(track)
        return placed

    def _settle(self, track: Track, at: float, time: datetime) -> None:
        """Lets the window's votes decide on the track's value."""
        while track.votes and track.votes[0].at < self._frames[0]:
            track.votes.popleft()
        sure: dict[str, list[float]] = defaultdict(list)
        for vote in track.votes:
            sure[vote.text].append(vote.confidence)
        nothing = len(self._frames) - len(track.votes)  # frames that read nothing here
        needed = SHARE * (nothing + sum(vote.confidence for vote in track.votes))
        text = max(sure, key=lambda text: sum(sure[text]), default="")
        old = track.value
        agreed = len(sure[text]) >= AGREEING and sum(sure[text]) >= needed
        if agreed and (old is None or old.text != text):
            track.value = Stable(text, 0.0, time, track.box)
            self._take_over(track, at)
        if track.value is None:
            return
        if track.value.text in sure:
            agreeing = sure[track.value.text]
            track.value = replace(track.value, confidence=sum(agreeing) / len(agreeing), box=track.box)
            track.supported = max(vote.at for vote in track.votes if vote.text == track.value.text)
        elif track.supported < min(at - HOLD, self._frames[0]):
            track.value = None

    def _take_over(self, track: Track, at: float) -> None:
        """Drops what stood where the track's new value stands now: two numbers that became one."""
        x, y, width, height = track.box
        for other in tuple(self._tracks):
            middle_x, middle_y = other.box.x + other.box.width / 2, other.box.y + other.box.height / 2
            inside = x < middle_x < x + width and y < middle_y < y + height
            if other is not track and inside and other.seen < at:
                self._tracks.remove(other)


def _shared(boxes: list[Box], others: list[Box]) -> NDArray[np.float64]:
    """(n, m): how much of their union each pair of boxes shares."""
    a = np.array(boxes, np.float64).reshape(-1, 1, 4)
    b = np.array(others, np.float64).reshape(1, -1, 4)
    start, end = (
        np.maximum(a[..., :2], b[..., :2]),
        np.minimum(a[..., :2] + a[..., 2:], b[..., :2] + b[..., 2:]),
    )
    both = np.maximum(end - start, 0).prod(axis=2)
    return both / (a[..., 2:].prod(axis=2) + b[..., 2:].prod(axis=2) - both)


def _moved(track: Track, number: Number) -> bool:
    """Whether the number is the track's value, read where nothing was: a page that was pushed."""
    if track.value is None or track.value.text != number.text:
        return False
    heights = sorted((track.box.height, number.box.height))
    return heights[1] <= SAME_SIZE * heights[0]


def _in_order(values: list[Stable]) -> tuple[Stable, ...]:
    return tuple(values[i] for row in in_rows([value.box for value in values]) for i in row)
