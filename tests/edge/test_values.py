"""Runs over a camera's frames: what is printed, and when it is over."""

import json
from collections.abc import Callable, Iterator

import pytest

from digits_edge.classifier import Classifier
from digits_edge.frame import Away, Frame, Unreadable
from digits_edge.options import DigitCount
from digits_edge.outputs.json_lines import JsonLines
from digits_edge.outputs.text import Text
from digits_edge.reader import Reader
from digits_edge.run import READ, UNUSABLE, Output, read_all
from drawn import ink_of, on_paper

PAGES = {text: on_paper(ink_of(text)) for text in ("42", "17", "1984", "42 17", " ")}
GONE = Away("cam", "unplugged")

Item = Frame | Unreadable | Away
Run = Callable[..., list[str]]


def camera(*shown: str | Away, rate: float = 10.0) -> Iterator[Item]:
    """Frames of a camera that shows these pages, one a moment; the end is an error, as a real one's."""
    for index, each in enumerate(shown):
        if isinstance(each, Away):
            yield each
        else:
            yield Frame(PAGES[each], "cam", index, captured=index / rate)
    yield Unreadable("cam", "the stream ended", len(shown))


@pytest.fixture
def run(classifier: Classifier, capsys: pytest.CaptureFixture[str]) -> Run:
    def lines(items: Iterator[Item], output: Output, *, code: int = UNUSABLE, **options: object) -> list[str]:
        expected = options.pop("expected", None)
        assert read_all(items, Reader(classifier), [output], expected, **options) == code  # type: ignore[arg-type]
        return capsys.readouterr().out.splitlines()

    return lines


def first_words(lines: list[str]) -> list[str]:
    return [line.split()[0] for line in lines]


def test_a_value_is_printed_once_and_when_it_changes(run: Run) -> None:
    shown = ["42"] * 20 + ["17"] + ["42"] * 10 + [" "] * 3 + ["42"] * 10 + ["17"] * 20
    assert first_words(run(camera(*shown), Text(named=False))) == ["42", "17"]


def test_of_several_numbers_only_the_new_one_is_printed(run: Run) -> None:
    assert first_words(run(camera(*["42"] * 20, *["42 17"] * 20), Text(named=False))) == ["42", "17"]


def test_an_absence_starts_the_votes_anew_and_is_remarked_once(
    classifier: Classifier, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = ["42"] * 20 + [GONE] * 5 + ["42"] * 2 + [GONE] + ["42"] * 20
    output = JsonLines()
    read_all(camera(*shown), Reader(classifier), [output], None)
    out, err = capsys.readouterr()
    values = [json.loads(line).get("values") for line in out.splitlines()]
    assert values[19]
    assert values[20:24] == [[], [], [], []]
    assert values[-2]
    assert err.count("unplugged") == 2
    assert err.count("is back") == 2


def test_every_frame_has_a_line_with_what_it_reads_and_what_is_stable(run: Run) -> None:
    lines = [json.loads(line) for line in run(camera(*["42"] * 9, "17"), JsonLines())]
    assert len(lines) == 11
    assert lines[0]["numbers"][0]["stable"] is None
    assert lines[0]["frame_age_ms"] > 0
    odd = lines[9]
    assert odd["numbers"][0]["text"] == "17"
    assert odd["numbers"][0]["stable"] == {"text": "42", "since": odd["values"][0]["since"]}
    assert [value["text"] for value in odd["values"]] == ["42"]
    since = next(line["time"] for line in lines[:9] if line["values"])
    assert odd["values"][0]["since"] == since


def test_changes_only_gives_the_lines_where_a_value_came_changed_or_went(run: Run) -> None:
    shown = ["42"] * 20 + ["17"] + ["42"] * 10 + ["17"] * 20 + [" "] * 30
    *lines, end = [json.loads(line) for line in run(camera(*shown), JsonLines(changes_only=True))]
    assert [[value["text"] for value in line["values"]] for line in lines] == [["42"], ["17"], []]
    assert end["error"] == "the stream ended"


def test_a_file_s_lines_are_as_before(run: Run) -> None:
    (line,) = [json.loads(line) for line in run(iter([Frame(PAGES["42"], "a.png")]), JsonLines(), code=READ)]
    assert not {"values", "frame_age_ms"} & set(line)
    assert "stable" not in line["numbers"][0]


def test_other_counts_of_digits_than_expected_are_read_but_no_value(run: Run) -> None:
    expected = DigitCount(4, 4)
    assert run(camera(*["42"] * 20), Text(named=False), expected=expected) == []
    lines = [json.loads(line) for line in run(camera(*["42"] * 20), JsonLines(), expected=expected)]
    assert {line["numbers"][0]["text"] for line in lines[:-1]} == {"42"}
    assert {line["numbers"][0]["stable"] for line in lines[:-1]} == {None}


def test_once_prints_the_first_stable_frame_and_asks_for_no_other(run: Run) -> None:
    frames = camera("17", *["42 17"] * 50)
    (line,) = [json.loads(line) for line in run(frames, JsonLines(), code=READ, once=True)]
    assert [number["stable"]["text"] for number in line["numbers"]] == ["42", "17"]
    following = next(frames)
    assert isinstance(following, Frame)
    assert following.index < 10
    assert first_words(run(camera(*["42 17"] * 50), Text(named=False), code=READ, once=True)) == ["42", "17"]


def test_once_waits_for_the_digits_that_are_expected(run: Run) -> None:
    frames = camera(*["42"] * 20, *["1984"] * 20)
    lines = run(frames, Text(named=False), code=READ, once=True, expected=DigitCount(4, 4))
    assert first_words(lines) == ["1984"]


def test_once_without_a_stable_frame_prints_nothing(run: Run) -> None:
    assert run(camera(*["42", "17"] * 20), Text(named=False), once=True) == []
