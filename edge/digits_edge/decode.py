"""From the bytes of an image file to pixels that stand upright and are opaque."""

import numpy as np
from numpy.typing import NDArray

from digits_edge.errors import InputError
from digits_edge.exif import upright
from digits_edge.frame import Pixels
from digits_edge.header import Header, read_header
from digits_edge.opencv import MAX_PIXELS, cv2
from digits_edge.quiet import quiet_stderr

_EXPORT = {
    "heic": "HEIC (an iPhone's format)",
    "avif": "AVIF",
    "pdf": "a PDF",
    "svg": "SVG or XML",
    "video": "a video, not an image",
}


def decode(content: bytes) -> Pixels:
    """Blue-green-red or grey pixels, turned by the EXIF tag, 16 bit spread over 8, alpha on its paper.

    Raises InputError, without naming the file, for content that is no whole image of at most
    100 megapixels.
    """
    if not content:
        raise InputError("an empty file; wanted an image")
    header = read_header(content)
    _refuse(header)
    try:
        with quiet_stderr():
            pixels = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        if "CV_IO_MAX_IMAGE" in str(error):
            raise InputError(_too_large("a larger image")) from error
        if error.code == cv2.Error.StsNoMem:
            raise InputError("too large for this machine's memory; scale it down") from error
        pixels = None
    if pixels is None:
        found = f"a broken or unsupported {header.kind.upper()}" if header.kind else "no image known here"
        raise InputError(f"{found}; wanted a whole JPEG or PNG: export it again")
    return upright(_opaque(_eight_bit(pixels)), header.orientation)


def _refuse(header: Header) -> None:
    if header.kind in _EXPORT:
        raise InputError(f"{_EXPORT[header.kind]} can't be read; export it as JPEG or PNG")
    if header.width * header.height > MAX_PIXELS:
        raise InputError(_too_large(f"{header.width}×{header.height} pixels"))
    if not header.complete:
        raise InputError(f"a truncated {header.kind.upper()} image; copy or export it again")


def _too_large(found: str) -> str:
    return f"{found}; wanted at most {MAX_PIXELS // 1_000_000} megapixels: scale it down"


def _eight_bit(pixels: NDArray[np.generic]) -> Pixels:
    """Deeper pixels spread from their least to their greatest value, since 12 bits often come as 16."""
    if pixels.dtype == np.uint8:
        return pixels.astype(np.uint8, copy=False)
    finite = np.nan_to_num(pixels.astype(np.float32))
    low, high = float(finite.min()), float(finite.max())
    return ((finite - low) * (255 / max(high - low, 1e-9))).astype(np.uint8)


def _opaque(pixels: Pixels) -> Pixels:
    """Without alpha: what is transparent becomes the paper that the drawn colour stands out from."""
    if pixels.ndim == 2 or pixels.shape[2] == 3:
        return pixels
    if pixels.shape[2] == 1:
        return pixels[:, :, 0]
    colour, alpha = pixels[:, :, :-1], pixels[:, :, -1:].astype(np.uint16)
    if alpha.min() == 255:
        return np.ascontiguousarray(colour[:, :, 0] if colour.shape[2] == 1 else colour)
    drawn = colour[alpha[:, :, 0] > 127]
    paper = 0 if drawn.size and drawn.mean() > 127 else 255
    flat = ((colour * alpha + paper * (255 - alpha)) // 255).astype(np.uint8)
    return np.ascontiguousarray(flat[:, :, 0] if flat.shape[2] == 1 else flat)
