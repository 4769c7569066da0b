"""Sequences of readings, as a camera gives them, and what is reported of them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from digits_edge.options import DigitCount
from digits_edge.reading import Box, Digit, Number, Reading
from digits_edge.stable import Tracker

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SPEEDS = pytest.mark.parametrize("rate", [1.0, 10.0, 25.0], ids=lambda rate: f"{rate:g} a second")


def number(text: str, x: int = 0, y: int = 0, confidence: float = 0.95, size: int = 20) -> Number:
    """Digits of 0.6 by 1 `size`, the first at x, y, together as sure as `confidence`."""
    width = size * 6 // 10
    each = confidence ** (1 / len(text))
    return Number(
        tuple(
            Digit(int(sign), each, Box(x + place * (width + 3), y, width, size))
            for place, sign in enumerate(text)
        )
    )


class Camera:
    """Hands frame after frame to a tracker and keeps what comes out."""

    def __init__(self, rate: float = 10.0, expected: DigitCount | None = None) -> None:
        self.rate, self.tracker, self.shown = rate, Tracker(expected), 0

    def see(self, *numbers: Number | str) -> Reading:
        seen = tuple(number(each) if isinstance(each, str) else each for each in numbers)
        at = self.shown / self.rate
        reading = Reading("cam", self.shown, NOON + timedelta(seconds=at), 640, 480, seen, (), 1.0)
        self.shown += 1
        return self.tracker.follow(reading, at)

    def watch(self, frames: Iterable[str]) -> list[list[str]]:
        """The values after each frame, in which a text is a number and " " parts nothing."""
        return [texts(self.see(*([frame] if frame else []))) for frame in frames]


def texts(reading: Reading) -> list[str]:
    assert reading.values is not None
    return [value.text for value in reading.values]


@SPEEDS
def test_a_number_that_is_read_the_same_becomes_the_value(rate: float) -> None:
    seen = Camera(rate).watch(["42"] * 30)
    assert seen[:2] == [[], []]
    assert seen[-1] == ["42"]
    assert seen.index(["42"]) <= 4


@SPEEDS
@pytest.mark.parametrize("bad", ["47", "2", "142", ""], ids=["misread", "half", "more", "nothing"])
def test_a_single_bad_frame_changes_nothing_however_sure_it_is(rate: float, bad: str) -> None:
    camera = Camera(rate)
    for _ in range(30):
        camera.see(number("42", confidence=0.4))
    reading = camera.see(*([number(bad, confidence=1.0)] if bad else []))
    assert texts(reading) == ["42"]
    assert [n.stable and n.stable.text for n in reading.numbers] == (["42"] if bad else [])
    for _ in range(9):
        assert texts(camera.see(number("42", confidence=0.4))) == ["42"]


@SPEEDS
def test_a_bad_frame_at_the_very_start_is_never_a_value(rate: float) -> None:
    seen = Camera(rate).watch(["47"] + ["42"] * 20)
    assert ["47"] not in seen
    assert seen[-1] == ["42"]


@pytest.mark.parametrize("every", [3, 4, 5, 7])
@SPEEDS
def test_frames_that_are_bad_again_and_again_change_nothing(rate: float, every: int) -> None:
    frames = ["47" if n % every == every - 1 else "42" for n in range(120)]
    assert {tuple(values) for values in Camera(rate).watch(frames)} == {(), ("42",)}


@pytest.mark.parametrize(("rate", "seconds"), [(1.0, 5.0), (10.0, 0.5), (25.0, 0.5)])
def test_a_real_change_comes_through(rate: float, seconds: float) -> None:
    seen = Camera(rate).watch(["42"] * 40 + ["43"] * 40)
    changed = seen.index(["43"]) - 40 + 1
    assert changed <= max(5, seconds * rate)
    assert {tuple(values) for values in seen} == {(), ("42",), ("43",)}
    assert all(values == ["43"] for values in seen[40 + changed :])


def test_a_change_to_a_number_that_is_hard_to_read_comes_through_too() -> None:
    camera = Camera()
    for _ in range(40):
        camera.see(number("42", confidence=0.99))
    seen = [texts(camera.see(number("43", confidence=0.4))) for _ in range(20)]
    assert seen.index(["43"]) <= 5


def test_since_is_the_time_of_the_change_and_stays() -> None:
    camera = Camera()
    readings = [camera.see("42") for _ in range(9)] + [camera.see("43") for _ in range(9)]
    starts = {value.text: value.since for reading in readings for value in reading.values or ()}
    first = {text: next(r.time for r in readings if texts(r) == [text]) for text in ("42", "43")}
    assert starts == first
    assert len({value.since for reading in readings for value in reading.values or ()}) == 2


def test_the_confidence_of_a_value_is_the_mean_of_the_frames_that_read_it() -> None:
    camera = Camera()
    for confidence in (0.9, 0.8, 0.7, 0.9, 0.8):
        reading = camera.see(number("42", confidence=confidence))
    assert reading.values
    assert reading.values[0].confidence == pytest.approx(0.82)


@pytest.mark.parametrize(("rate", "frames"), [(1.0, 4), (10.0, 14), (25.0, 36)])
def test_a_number_that_hides_for_a_while_stays_and_then_goes(rate: float, frames: int) -> None:
    camera = Camera(rate)
    camera.watch(["42"] * 40)
    assert camera.watch([""] * frames) == [["42"]] * frames
    assert camera.watch([""] * 10)[-1] == []
    assert camera.watch(["42"] * 30)[-1] == ["42"]


def test_a_value_that_nothing_confirms_goes_though_something_is_read_there() -> None:
    noise = ["13", "57", "91", "35", "79"] * 10
    seen = Camera().watch(["42"] * 20 + noise)
    assert seen[20] == ["42"]
    assert seen[-1] == []
    assert {tuple(values) for values in seen} == {(), ("42",)}


def test_numbers_are_told_apart_by_place_and_stand_in_reading_order() -> None:
    camera = Camera()
    low, left, right = number("7", 0, 300), number("42", 0, 0), number("19", 300, 0)
    for _ in range(9):
        reading = camera.see(low, right, left)
    assert texts(reading) == ["42", "19", "7"]
    assert [n.stable and n.stable.text for n in reading.numbers] == ["7", "19", "42"]
    reading = camera.see(low, number("19", 0, 0), number("42", 300, 0))  # swapped, in one frame
    assert texts(reading) == ["42", "19", "7"]


def test_of_two_numbers_only_the_one_that_changed_is_new() -> None:
    camera = Camera()
    for _ in range(9):
        before = camera.see("42", number("19", 300))
    for _ in range(9):
        after = camera.see("42", number("20", 300))
    assert before.values
    assert after.values
    assert before.values[0].since == after.values[0].since
    assert before.values[1].since < after.values[1].since


@SPEEDS
def test_a_number_that_falls_apart_in_one_frame_stays_one(rate: float) -> None:
    camera = Camera(rate)
    whole, halves = number("1984"), (number("19"), number("84", 30))
    for n in range(60):
        reading = camera.see(*(halves if n % 4 == 3 else (whole,)))
        assert texts(reading) in ([], ["1984"])
    assert texts(reading) == ["1984"]


def test_every_second_frame_split_is_no_new_number() -> None:
    camera = Camera()
    for n in range(60):
        parts = (number("19"), number("84", 30)) if n % 2 and n > 9 else (number("1984"),)
        assert texts(camera.see(*parts)) in ([], ["1984"])


def test_numbers_that_melt_together_in_one_frame_stay_two() -> None:
    camera = Camera()
    halves = (number("19"), number("84", 30))
    for n in range(60):
        reading = camera.see(*((number("1984"),) if n % 4 == 3 else halves))
        assert texts(reading) in ([], ["19", "84"])
    assert texts(reading) == ["19", "84"]


def test_a_number_that_stays_split_or_melted_is_taken_over_whole() -> None:
    camera = Camera()
    halves = (number("19"), number("84", 30))
    seen = [texts(camera.see(number("1984"))) for _ in range(20)]
    seen += [texts(camera.see(*halves)) for _ in range(20)]
    assert seen[-1] == ["19", "84"]
    seen += [texts(camera.see(number("1984"))) for _ in range(20)]
    assert seen[-1] == ["1984"]
    assert {tuple(values) for values in seen} <= {(), ("1984",), ("19", "84"), ("19",)}


def test_a_number_that_moves_is_the_same_number() -> None:
    camera = Camera(25)
    readings = [camera.see(number("42", 6 * n, 3 * n)) for n in range(80)]
    assert all(texts(reading) == ["42"] for reading in readings[12:])
    assert len({value.since for reading in readings for value in reading.values or ()}) == 1
    assert readings[-1].values
    assert readings[-1].values[0].box == readings[-1].numbers[0].box


def test_a_page_that_is_pushed_between_two_slow_frames_has_the_same_numbers() -> None:
    camera = Camera(1)
    for _ in range(9):
        before = camera.see("42", number("19", 100))
    for _ in range(9):
        after = camera.see(number("42", 300, 200), number("19", 400, 200))
        assert texts(after) == ["42", "19"]
    assert before.values
    assert after.values
    assert [v.since for v in before.values] == [v.since for v in after.values]


def test_other_counts_of_digits_than_expected_have_no_vote() -> None:
    camera = Camera(expected=DigitCount(4, 4))
    assert camera.watch(["19"] * 20) == [[]] * 20
    assert camera.watch(["1984"] * 20)[-1] == ["1984"]
    reading = camera.see("198")
    assert texts(reading) == ["1984"]
    assert camera.watch(["198"] * 20)[-1] == []


def test_a_tracker_made_anew_knows_nothing_of_before() -> None:
    camera = Camera()
    camera.watch(["42"] * 20)
    camera.tracker = Tracker()
    assert camera.watch(["42"] * 4)[:2] == [[], []]


def test_months_of_frames_leave_nothing_behind() -> None:
    camera = Camera(25)
    for n in range(3000):
        camera.see(number(str(n), (37 * n) % 600, (91 * n) % 440), "42")
    tracker = camera.tracker
    assert len(tracker._tracks) < 50
    assert sum(len(track.votes) for track in tracker._tracks) < 500
