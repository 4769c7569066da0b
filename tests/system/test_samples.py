"""The sample pages, read with the shipped model on every interpreter that a device could have."""

import json
from pathlib import Path

import pytest

from digits_edge.classifier import Classifier
from digits_edge.frame import Frame
from digits_edge.models import default_model
from digits_edge.reader import Reader
from digits_edge.runtimes import installed_runtimes
from digits_edge.sources.named import frames_of

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"
LABELS = json.loads((SAMPLES / "labels.json").read_text())


@pytest.mark.parametrize("runtime", [name for name in installed_runtimes() if name != "tensorflow"])
@pytest.mark.parametrize("page", LABELS)
def test_a_sample_page_reads_as_it_is_labelled(runtime: str, page: str) -> None:
    (frame,) = frames_of(str(SAMPLES / page))
    assert isinstance(frame, Frame)
    reading = Reader(Classifier(default_model(), runtime)).read(frame)
    assert [number.text for number in reading.numbers] == LABELS[page]["digits"].split()
