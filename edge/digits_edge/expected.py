"""What a reading lacks of what was asked for."""

from digits_edge.options import DigitCount
from digits_edge.reading import Reading


def lack(reading: Reading, expected: DigitCount | None) -> str:
    """One line of what the reading lacks, "" for nothing."""
    if not reading.numbers:
        return "no number found"
    if expected:
        for number in reading.numbers:
            if not expected.allows(len(number.digits)):
                return f"{number.text} is {len(number.digits)} digits long, expected {expected}"
    return ""
