"""The benchmark of live reading, cut short: what it finds must hold, not how fast."""

from pathlib import Path

import pytest

from digits_edge.classifier import Classifier
from digits_edge.models import default_model
from digits_edge.opencv import cv2
from digits_edge.reader import Reader
from live.page import page
from live.soak import KINDS, soak


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Classifier(default_model()))


def test_a_camera_with_every_fault_is_read_on_and_nothing_is_left_behind(
    reader: Reader, tmp_path: Path
) -> None:
    cv2.imwrite(str(tmp_path / "page.png"), page("1984", 320, 240, 48))
    outcome = soak(tmp_path, "1984", reader, frames=500, every=90)
    assert outcome.frames == 500
    assert outcome.faults >= len(KINDS)
    assert outcome.recoveries == outcome.faults
    assert outcome.absences >= 3  # all but garbage
    assert outcome.wrong == 0
    assert outcome.ended.threads == outcome.running.threads - 1  # the camera's
    assert outcome.ended.descriptors <= outcome.warm.descriptors
    assert outcome.running.memory < outcome.warm.memory + 30  # 20,000 frames show more: scripts/bench-live
