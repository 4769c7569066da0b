"""Images from a folder with one sub-folder a digit, brought into MNIST's form.

Light and polarity are settled as on the device. What that has to find out is known here: an image holds
one digit, so all its ink but dirt belongs together.
"""

from pathlib import Path

import numpy as np

from digits_edge.decode import decode
from digits_edge.errors import InputError
from digits_edge.frame import Pixels
from digits_edge.glyph import SIZE, Glyph, to_glyph
from digits_edge.ink import has_light_ink, to_page
from digits_edge.opencv import cv2
from digits_edge.sources.images import SUFFIXES
from digits_train.images import NONE, Images

CLASSES = {**{str(digit): digit for digit in range(10)}, "none": NONE}
CONTRAST = 16  # grey levels between the lightest and the darkest pixel; fewer are a blank image
SPECK = 0.05  # of the largest patch of ink; smaller patches are dirt


def read_folder(folder: Path) -> Images:
    """All images in the sub-folders 0 to 9 and none. Raises InputError, naming the file at fault."""
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; wanted one with a sub-folder for each digit, 0 to 9")
    files = [
        (path, label)
        for name, label in CLASSES.items()
        for path in sorted((folder / name).glob("*"))
        if path.suffix.lower() in SUFFIXES
    ]
    if not files:
        raise InputError(f"{folder}: no images in it; wanted PNG or JPEG files in sub-folders named 0 to 9")
    glyphs = [_read(path, label) for path, label in files]
    return Images(np.stack(glyphs), np.array([label for _, label in files], np.uint8))


def _read(path: Path, label: int) -> Glyph:
    try:
        glyph = as_glyph(decode(path.read_bytes()))
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}); mend or remove it") from error
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    if glyph is None and label != NONE:
        raise InputError(f"{path}: a blank image, wanted a {label}; remove it or draw one")
    return np.zeros((SIZE, SIZE), np.uint8) if glyph is None else glyph


def as_glyph(pixels: Pixels) -> Glyph | None:
    """The one digit of an image of any size and polarity; None where there is no ink.

    What has MNIST's size and polarity already is taken as it is.
    """
    grey = pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    if np.ptp(grey) < CONTRAST:
        return None
    if grey.shape == (SIZE, SIZE) and has_light_ink(grey):
        return grey
    ink = to_page(grey).ink
    threshold, mask = cv2.threshold(ink, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    _, patches, stats, _ = cv2.connectedComponentsWithStats(mask)
    areas = stats[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0  # the paper
    if not areas.any():
        return None
    x, y, width, height = cv2.boundingRect((areas >= areas.max() * SPECK)[patches].astype(np.uint8))
    ink[ink < threshold / 2] = 0  # the paper's grain
    return to_glyph(ink[y : y + height, x : x + width])
