"""Readings for people: one number a line, with how sure it is."""

from digits_edge.reading import Reading


def text_lines(reading: Reading, *, named: bool) -> list[str]:
    """`1984   97 %`, behind its source where several are read; none for an image without numbers."""
    before = f"{reading.source}: " if named else ""
    return [f"{before}{number.text:<10} {number.confidence * 100:3.0f} %" for number in reading.numbers]
