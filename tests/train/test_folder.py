from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from digits_edge.errors import InputError
from digits_edge.opencv import cv2
from digits_train.folder import as_glyph, read_folder
from digits_train.images import NONE


def seven(height: int, width: int, paper: int, ink: int) -> NDArray[np.uint8]:
    """A drawn 7 that stands on a page of any size and colour."""
    page = np.full((height, width), paper, np.uint8)
    points = np.array([(0.3, 0.25), (0.7, 0.25), (0.45, 0.8)]) * (width, height)
    cv2.polylines(
        page, [points.round().astype(np.int32)], False, ink, max(1, min(height, width) // 14), cv2.LINE_AA
    )
    return page


@pytest.mark.parametrize(
    "page",
    [seven(90, 60, 255, 0), seven(90, 60, 0, 255), seven(900, 600, 180, 60), seven(45, 30, 40, 140)],
    ids=["dark on light", "light on dark", "large and pale", "small and dim"],
)
def test_a_digit_of_any_size_and_polarity_gives_the_same_glyph(page: NDArray[np.uint8]) -> None:
    glyph, wanted = as_glyph(page), as_glyph(seven(180, 120, 255, 0))
    assert glyph is not None
    assert wanted is not None
    likeness = np.corrcoef(glyph.ravel(), wanted.ravel())[0, 1]
    assert likeness > 0.85


def test_an_image_like_mnists_is_taken_as_it_is() -> None:
    page = seven(28, 28, 0, 255)
    assert np.array_equal(as_glyph(page), page)


def test_dirt_beside_the_digit_does_not_shrink_it() -> None:
    page = seven(90, 60, 255, 0)
    clean = as_glyph(page)
    page[86:88, 2:4] = 0
    dirty = as_glyph(page)
    assert clean is not None
    assert dirty is not None
    assert np.abs(clean.astype(int) - dirty).max() < 16


def test_an_empty_page_is_no_digit_and_may_stand_in_none(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    cv2.imwrite(str(tmp_path / "none" / "page.png"), np.full((50, 50), 240, np.uint8))
    images = read_folder(tmp_path)
    assert images.labels.tolist() == [NONE]
    assert not images.glyphs.any()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("4/a.png", b"", "an empty file", id="empty"),
        pytest.param("4/a.png", b"not an image", "no image known here", id="no image"),
        pytest.param("4/a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "truncated", id="truncated"),
        pytest.param(
            "4/a.png", cv2.imencode(".png", np.full((9, 9), 7, np.uint8))[1].tobytes(), "blank", id="blank"
        ),
        pytest.param("4/a.heic", b"\0\0\0\x18ftypheic", "export it as", id="a telephone's format"),
        pytest.param("five/a.png", b"", "no images in it", id="no sub-folder of a digit"),
        pytest.param("4/notes.txt", b"", "no images in it", id="no images"),
    ],
)
def test_a_folder_with_other_content_is_refused(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        read_folder(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        read_folder(tmp_path / "nowhere")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "4" / "a.png").mkdir(parents=True)  # a folder named like an image: root, too, can't read it
    with pytest.raises(InputError, match=r"a\.png: can't be read"):
        read_folder(tmp_path)
