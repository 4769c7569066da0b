"""Pictures to read, drawn by the tests themselves."""

from collections.abc import Callable
from pathlib import Path

import pytest

from digits_edge.classifier import Classifier
from digits_edge.models import default_model
from digits_edge.opencv import cv2
from drawn import ink_of, on_paper


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    return Classifier(default_model())


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of a 42 that takes longer to read than a test takes."""
    path = tmp_path_factory.mktemp("film") / "film.avi"
    page = cv2.cvtColor(on_paper(ink_of("42")), cv2.COLOR_GRAY2BGR)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 5, page.shape[1::-1])
    for _ in range(4000):
        writer.write(page)
    writer.release()
    return path


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """Writes a picture of `text` on paper and returns its path."""

    def save(text: str, name: str = "page.png", **form: int) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        assert cv2.imwrite(str(path), on_paper(ink_of(text, **form)))
        return path

    return save
