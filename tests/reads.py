"""What the shipped network reads of pictures that tests draw."""

from digits_edge.classifier import Classifier
from digits_edge.frame import Frame, Pixels
from digits_edge.reader import Reader
from digits_edge.reading import Reading


def read(classifier: Classifier, pixels: Pixels, **options: object) -> Reading:
    return Reader(classifier, **options).read(Frame(pixels, "page"))  # type: ignore[arg-type]


def texts(reading: Reading) -> list[str]:
    return [number.text for number in reading.numbers]
