"""Images written by Pillow, an encoder that shares no code with ours, and files that are none."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from digits_edge.decode import decode
from digits_edge.errors import InputError
from digits_edge.frame import Pixels

RED = (200, 30, 30)


def picture(mode: str = "RGB") -> Image.Image:
    """200 × 100 white with a red block in its upper left."""
    image = Image.new("RGB", (200, 100), "white")
    ImageDraw.Draw(image).rectangle((20, 10, 60, 40), fill=RED)
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def is_dark_on_light(pixels: Pixels) -> bool:
    block, paper = pixels[15:35, 25:55], pixels[60:90, 100:180]
    return bool(block.mean() < 150 and paper.min() > 240)


def orientation(value: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = value
    return exif


READABLE = {
    "jpeg": lambda: encoded(picture(), "JPEG"),
    "progressive jpeg": lambda: encoded(picture(), "JPEG", progressive=True),
    "grey jpeg": lambda: encoded(picture("L"), "JPEG"),
    "cmyk jpeg": lambda: encoded(picture("CMYK"), "JPEG"),
    "png": lambda: encoded(picture(), "PNG"),
    "grey png": lambda: encoded(picture("L"), "PNG"),
    "one-bit png": lambda: encoded(picture("1"), "PNG"),
    "palette png": lambda: encoded(picture().quantize(8), "PNG"),
    "opaque rgba png": lambda: encoded(picture("RGBA"), "PNG"),
    "grey-alpha png": lambda: encoded(picture("LA"), "PNG"),
    "bmp": lambda: encoded(picture(), "BMP"),
    "tiff": lambda: encoded(picture(), "TIFF"),
    "cmyk tiff": lambda: encoded(picture("CMYK"), "TIFF"),
    "webp": lambda: encoded(picture(), "WEBP"),
    "ppm": lambda: encoded(picture(), "PPM"),
}


@pytest.mark.parametrize("content", READABLE.values(), ids=READABLE.keys())
def test_every_usual_kind_of_image_is_understood(content) -> None:
    pixels = decode(content())
    assert pixels.shape[:2] == (100, 200)
    assert pixels.dtype == np.uint8
    assert is_dark_on_light(pixels)


def test_sixteen_bits_are_spread_over_eight_even_when_twelve_are_used() -> None:
    ramp = np.linspace(0, 4095, 20000).reshape(100, 200).astype(np.uint16)
    pixels = decode(encoded(Image.fromarray(ramp), "PNG"))
    assert (pixels.min(), pixels.max()) == (0, 255)


@pytest.mark.parametrize(
    ("ink", "mode"), [((0, 0, 0, 255), "RGBA"), ((255, 255, 255, 255), "RGBA")], ids=["black", "white"]
)
def test_ink_on_a_transparent_ground_stands_out(ink: tuple[int, ...], mode: str) -> None:
    image = Image.new(mode, (200, 100), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((20, 10, 60, 40), fill=ink)
    pixels = decode(encoded(image, "PNG")).astype(int)
    assert abs(pixels[25, 40] - pixels[80, 150]).min() == 255


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("tag", range(1, 9))
def test_the_exif_tag_turns_the_image(kind: str, tag: int) -> None:
    content = encoded(picture(), kind, exif=orientation(tag))
    wanted = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(content))))[:, :, ::-1]
    pixels = decode(content)
    assert pixels.shape == wanted.shape
    assert np.abs(pixels.astype(int) - wanted).mean() < 3


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_a_transparent_ground_stays_one_with_an_exif_tag(kind: str) -> None:
    image = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((20, 10, 60, 40), fill=(0, 0, 0, 255))
    pixels = decode(encoded(image, kind, exif=orientation(6))).astype(int)
    assert pixels.shape[:2] == (200, 100)
    assert pixels.min() == 0
    assert pixels.max() == 255


def test_what_follows_the_end_of_a_png_does_no_harm() -> None:
    assert is_dark_on_light(decode(encoded(picture(), "PNG") + bytes(9000)))


def test_a_float_tiff_is_spread_over_eight_bits() -> None:
    ramp = np.linspace(-1, 1, 20000, dtype=np.float32).reshape(100, 200)
    pixels = decode(encoded(Image.fromarray(ramp), "TIFF"))
    assert (pixels.min(), pixels.max()) == (0, 255)


def huge(kind: str, **options: object) -> bytes:
    return encoded(Image.new("1" if kind != "JPEG" else "L", (30000, 30000)), kind, **options)


REFUSED = {
    "empty": (lambda: b"", "an empty file"),
    "text under a wrong name": (lambda: b"these are not the digits you are looking for", "no image known"),
    "truncated png": (lambda: encoded(picture(), "PNG")[:-60], "truncated PNG"),
    "truncated jpeg": (lambda: encoded(picture(), "JPEG")[:-60], "truncated JPEG"),
    "jpeg cut in its header": (lambda: encoded(picture(), "JPEG")[:30], "truncated JPEG"),
    "png cut in its header": (lambda: encoded(picture(), "PNG")[:20], "truncated PNG"),
    "truncated tiff": (lambda: encoded(picture(), "TIFF")[:-60], "TIFF"),
    "truncated bmp": (lambda: encoded(picture(), "BMP")[:-600], "BMP"),
    "truncated webp": (lambda: encoded(picture(), "WEBP")[:-20], "WEBP"),
    "jpeg behind a png's signature": (
        lambda: b"\x89PNG\r\n\x1a\n" + encoded(picture(), "JPEG") + b"IEND",
        "broken or unsupported PNG|more pixels|megapixels",
    ),
    "heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100), "HEIC .* export it as JPEG or PNG"),
    "avif": (lambda: encoded(picture(), "AVIF"), "AVIF .* export it as JPEG or PNG"),
    "pdf": (lambda: encoded(picture(), "PDF"), "PDF .* export it as JPEG or PNG"),
    "png of 30,000 × 30,000": (lambda: huge("PNG"), "30000×30000 pixels; wanted at most 100 megapixels"),
    "jpeg of 30,000 × 30,000": (lambda: huge("JPEG"), "30000×30000 pixels; wanted at most 100 megapixels"),
    "tiff of 30,000 × 30,000": (lambda: huge("TIFF", compression="group4"), "at most 100 megapixels"),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_whole_image_gets_one_line(content, message: str, capfd: pytest.CaptureFixture) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        decode(content())
    assert "\n" not in str(refusal.value)
    assert capfd.readouterr().err == ""  # the decoders' own complaints stay away


def test_one_pixel_is_an_image() -> None:
    assert decode(encoded(Image.new("L", (1, 1)), "PNG")).shape == (1, 1)
