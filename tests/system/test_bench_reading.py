"""The benchmark of reading: what it draws is read right, and every step it names is found."""

from pathlib import Path

import pytest

from bench_reading import STEPS, cost, drawn
from digits_edge.errors import InputError
from digits_edge.models import default_model


def test_the_drawn_frame_is_read_and_its_time_laid_out(tmp_path: Path) -> None:
    frame = next(drawn(tmp_path))
    found = cost(frame, default_model(), reads=1)
    assert (found.pixels, found.digits) == ((1280, 720), 10)
    assert 0 < found.best_ms == found.median_ms
    assert 20 < found.megabytes < 400
    assert list(found.shares) == list(STEPS)
    assert all(found.shares[step] > 0 for step in STEPS)
    assert sum(found.shares.values()) <= 1


def test_what_is_no_image_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("1984")
    with pytest.raises(InputError, match="no image known here"):
        cost(tmp_path / "note.txt", default_model(), reads=1)
