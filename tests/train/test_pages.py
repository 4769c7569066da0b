import numpy as np
import pytest

from digits_edge.classifier import Classifier
from digits_edge.frame import Frame
from digits_edge.models import default_model
from digits_edge.reader import Reader
from digits_train.images import Images
from digits_train.pages.hard_page import KINDS, HardPage, hard_page
from digits_train.pages.strengths import FACTORS, Chance, Strengths
from digits_train.strokes import stroke_digit

SMALL = (800, 600)
MEDIUM = Strengths.all_at(0.5)


@pytest.fixture(scope="module")
def digits() -> Images:
    """Twenty of each digit, drawn: they are legible, as the eight pixels of UCI's aren't always."""
    values = np.repeat(np.arange(10, dtype=np.uint8), 20)
    return Images(np.stack([stroke_digit(int(v), seed) for seed, v in enumerate(values)]), values)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Classifier(default_model()))


def read(reader: Reader, page: HardPage) -> str:
    return "".join(number.text for number in reader.read(Frame(page.pixels, "page")).numbers)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_composes_the_same_page(digits: Images, kind: str) -> None:
    first, second = (hard_page(digits, MEDIUM, 3, size=SMALL, kind=kind) for _ in range(2))  # type: ignore[arg-type]
    assert first.rows == second.rows
    assert np.array_equal(first.pixels, second.pixels)
    assert first.pixels.shape == (600, 800, 3)


def test_a_page_says_the_same_on_every_version_of_numpy(digits: Images) -> None:
    assert hard_page(digits, MEDIUM, 7, size=SMALL).text == "8 4 290728 35\n6107 885 63501\n3905 63 020"


def test_one_factor_changed_leaves_what_the_others_draw(digits: Images) -> None:
    plain, jpeg = (
        hard_page(digits, strengths, 5, size=SMALL) for strengths in (Strengths(), Strengths(jpeg=1))
    )
    assert plain.rows == jpeg.rows
    assert not np.array_equal(plain.pixels, jpeg.pixels)


@pytest.mark.parametrize("factor", FACTORS)
def test_each_factor_changes_some_page(digits: Images, factor: str) -> None:
    strong = Strengths(**{factor: 1.0})
    assert any(
        not np.array_equal(
            hard_page(digits, Strengths(), seed, size=SMALL).pixels,
            hard_page(digits, strong, seed, size=SMALL).pixels,
        )
        for seed in range(3)
    )


def test_a_factor_that_is_absent_has_no_amount() -> None:
    assert Chance(Strengths(), 1).of("blur")[0] == 0


@pytest.mark.parametrize("seed", range(6))
def test_every_ink_of_a_digit_is_in_its_box_and_every_box_in_the_frame(digits: Images, seed: int) -> None:
    page = hard_page(digits, MEDIUM, seed, size=SMALL)
    bare = page.digits.copy()
    for digit in page.written:
        x, y, width, height = digit.box
        assert 0 <= x < x + width <= 800
        assert 0 <= y < y + height <= 600
        ink = page.digits[y : y + height, x : x + width]
        assert all(edge.any() for edge in (ink[0], ink[-1], ink[:, 0], ink[:, -1]))
        bare[y : y + height, x : x + width] = 0
    assert page.written
    assert not bare.any()


def test_pages_of_strength_zero_are_read_nearly_perfectly(digits: Images, reader: Reader) -> None:
    pages = [hard_page(digits, Strengths(), seed, size=SMALL) for seed in range(8)]
    digits_alike = [(read(reader, page), "".join(page.text.split())) for page in pages]
    assert sum(found == wanted for found, wanted in digits_alike) >= 6


@pytest.mark.parametrize("seed", range(4))
def test_a_blank_page_of_strength_zero_has_no_reading(digits: Images, reader: Reader, seed: int) -> None:
    page = hard_page(digits, Strengths(), seed, size=SMALL, kind="blank")
    assert page.text == ""
    assert read(reader, page) == ""


@pytest.mark.parametrize("kind", ["words", "blank", "clutter"])
def test_pages_without_digits_hold_none(digits: Images, kind: str) -> None:
    page = hard_page(digits, MEDIUM, 1, size=SMALL, kind=kind)  # type: ignore[arg-type]
    assert page.rows == ()
    assert not page.digits.any()
