"""scripts/compare: what it counts, what it computes, and one whole run on drawn digits."""

from math import prod
from pathlib import Path

import numpy as np
import pytest

from bench_inference import Timing
from compare import main
from comparing.accuracy import Accuracy, Answered, claims_of, probabilities_of
from comparing.files import MODELS, ModelFiles, find_files, shipped
from comparing.graph import Graph, count
from comparing.handwriting import Scored
from comparing.handwriting import claims_of as claims_of_singles
from comparing.measured import Measured
from comparing.picture import draw
from comparing.reliability import Bin, Claims, bins, calibration_error
from comparing.table import table
from digits_convert.runtimes import networks
from digits_edge.calibration import calibrated
from digits_edge.classifier import Classifier
from digits_edge.company import ALONE
from digits_edge.errors import InputError
from digits_edge.models import default_model
from digits_edge.opencv import cv2
from digits_train.augment import rewritten
from digits_train.store import load_network
from digits_train.strokes import stroke_digit
from scoring.answers import Answer
from scoring.sets import LabelledSet
from scoring.verdicts import figures, judge

LABELLED = [
    LabelledSet("mine/singles", "singles", {Path("a.png"): "1", Path("b.png"): "2", Path("c.png"): "3"}),
    LabelledSet("mine/pages", "pages", {Path("d.png"): "1234"}),
    LabelledSet("mine/signs", "negatives", {Path("e.png"): ""}),
]
ANSWERS = {
    Path("a.png"): Answer(("1",), confidence=0.9),
    Path("b.png"): Answer(("7",), confidence=0.6),
    Path("c.png"): Answer(),
    Path("d.png"): Answer(("12", "3"), confidence=0.8),
    Path("e.png"): Answer(("0",), confidence=0.7),
}


def claims(*pairs: tuple[float, bool]) -> Claims:
    confidence, right = zip(*pairs, strict=True)
    return Claims(np.array(confidence), np.array(right))


def measured(name: str, *, mnist: bool = True, sets: bool = True) -> Measured:
    files = ModelFiles(name, MODELS / "compact-int8.tflite", None, None)
    sure = claims((0.97, True), (0.95, True), (0.3, False))
    scored = []
    for labelled in LABELLED if sets else []:
        verdicts = judge(labelled, ANSWERS)
        own = claims_of_singles(verdicts) if labelled.layout == "singles" else None
        scored.append(Scored(figures(labelled, verdicts), own))
    return Measured(
        files=files,
        graph=Graph(1_647_888, 30_203),
        accept=0.5,
        timings=(Timing("ai-edge-litert", files.int8, (14.0, 13.0, 15.0)),),
        mnist=Answered((Accuracy(f"int8, {name}'s own", 2 / 3),), sure) if mnist else None,
        sets=tuple(scored),
    )


@pytest.mark.parametrize("kind", ["int8", "float32"])
def test_the_articles_network_multiplies_5_19_million_times(kind: str) -> None:
    graph = count((MODELS / f"article-{kind}.tflite").read_bytes())
    assert graph == Graph(macs=5_188_160, parameters=81_066)


@pytest.mark.parametrize("name", shipped())
@pytest.mark.parametrize("kind", ["int8", "float32"])
def test_the_file_multiplies_as_often_as_the_layers_it_was_made_from(name: str, kind: str) -> None:
    network, _ = load_network(MODELS / f"{name}.keras")
    layers = [(layer, layer.kernel.shape) for layer in network.layers if hasattr(layer, "kernel")]
    # Every place of the output, times every weight.
    wanted = sum(prod(layer.output.shape[1:-1]) * prod(kernel) for layer, kernel in layers)
    assert count((MODELS / f"{name}-{kind}.tflite").read_bytes()).macs == wanted


def test_what_is_as_often_right_as_it_claims_is_calibrated() -> None:
    honest = claims(*[(0.8, True)] * 4, (0.8, False), (1.0, True))
    assert calibration_error(honest) == pytest.approx(0)


def test_the_calibration_error_weighs_each_bin_by_its_count() -> None:
    boastful = claims(*[(0.9, True), (0.9, False)] * 3, (0.1, False), (0.1, False))
    assert calibration_error(boastful) == pytest.approx((6 * 0.4 + 2 * 0.1) / 8)


def test_confidences_of_nought_and_one_fall_into_the_outer_bins() -> None:
    assert bins(claims((0.0, False), (1.0, True), (1 / 15, True))) == [
        Bin(2, pytest.approx(1 / 30), 0.5),
        Bin(1, 1.0, 1.0),
    ]


def test_nothing_claimed_is_no_error() -> None:
    assert calibration_error(Claims(np.empty(0), np.empty(0, np.bool_))) == 0


def test_a_reject_class_is_no_answer_and_still_takes_confidence_away() -> None:
    probabilities = np.zeros((1, 11), np.float32)
    probabilities[0, [3, 10]] = 0.2, 0.8
    (own,) = bins(claims_of(probabilities, np.array([3], np.uint8), ALONE))
    assert (own.confidence, own.right) == (pytest.approx(0.2, abs=1e-4), 1)


def test_claims_are_what_edge_digits_would_say() -> None:
    classifier = Classifier(default_model())
    drawn = np.array([stroke_digit(value, seed) for value in range(10) for seed in range(20)])
    glyphs = rewritten(drawn, np.random.default_rng(0))
    content = default_model().read_bytes()
    network = next(each for each in networks(content) if each.runtime == classifier.runtime)
    said = probabilities_of(network, classifier.card, glyphs)
    np.testing.assert_array_equal(said, classifier.probabilities(glyphs))
    assert (said != calibrated(classifier.look(glyphs), classifier.card.calibration)).any()


def test_a_table_has_a_column_a_network_and_a_dash_for_what_it_lacks() -> None:
    lines = table([measured("old"), measured("new", mnist=False)]).splitlines()
    assert lines[:3] == [
        "|  | old | new |",
        "| --- | ---: | ---: |",
        "| MNIST test, int8, old's own | 66.67% | – |",
    ]
    assert "| mine/singles, 3 single digits right (not read) | 33.33% (33.33%) | 33.33% (33.33%) |" in lines
    assert "| mine/pages, 1 pages, of the digits (exact) | 75.00% (0%) | 75.00% (0%) |" in lines
    assert "| mine/signs, 1 without digits, read as a number | 100.00% | 100.00% |" in lines
    assert "| MNIST test: accepted | 66.67% | – |" in lines
    assert "| µs a digit, int8, ai-edge-litert | 14 | 14 |" in lines


@pytest.mark.parametrize(
    ("mnist", "sets"), [(True, True), (False, True), (True, False), (False, False)],
    ids=["all", "no MNIST", "no folder", "neither"],
)  # fmt: skip
def test_the_picture_is_drawn_of_what_there_is(mnist: bool, sets: bool) -> None:
    content = draw([measured(name, mnist=mnist, sets=sets) for name in ("old", "new")])
    assert cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR).shape[1] > 1000


def test_a_network_is_found_by_its_name_or_by_a_path_up_to_its_ending(tmp_path: Path) -> None:
    assert find_files("article").converted == (
        MODELS / "article-float32.tflite",
        MODELS / "article-int8.tflite",
    )
    (tmp_path / "own-int8.tflite").touch()
    assert find_files(str(tmp_path / "own")).converted == (tmp_path / "own-int8.tflite",)
    with pytest.raises(InputError, match="no such file"):
        find_files("no-such-network")


def test_a_whole_run_prints_the_table_and_leaves_the_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = np.arange(20, dtype=np.uint8) % 10
    glyphs = np.stack([stroke_digit(int(label), seed) for seed, label in enumerate(labels)])
    np.savez(tmp_path / "mnist.npz", x_train=glyphs, y_train=labels, x_test=glyphs, y_test=labels)
    monkeypatch.setenv("DIGITS_DATA", str(tmp_path))
    for glyph, label in zip(glyphs[:10], labels, strict=False):
        image = tmp_path / "singles" / str(label) / "drawn.png"
        image.parent.mkdir(parents=True)
        cv2.imwrite(str(image), np.pad(glyph, 20))
    picture = tmp_path / "pictures" / "compare.png"
    main([str(tmp_path / "singles"), "--model", "compact", "--rounds", "2", "--picture", str(picture)])
    said = capsys.readouterr()
    assert "|  | compact |" in said.out
    assert "singles, 10 single digits right" in said.out
    assert "Left out" not in said.err
    assert picture.read_bytes().startswith(b"\x89PNG")
