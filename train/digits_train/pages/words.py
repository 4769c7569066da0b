"""What stands beside numbers and is none: words, other alphabets, print, and the marks between numbers."""

from digits_edge.opencv import cv2
from digits_train.pages.signs import Sign, font_sign, letter_sign
from digits_train.pages.strengths import Random

# Without the letters that alone could be taken for digits: B, b, g, I, i, l, O, o, q, S, s, Z, z.
WORDS = tuple(
    "Name Datum Menge Ware name rent tea Kauf March year day week met TAX NETTO AKTE per cent und um the "
    "make karte danke Mary Peter Martha Hans-Kurt Karte Teren EUR kW cm2 mm".replace("2", "").split()
)
AMONG = tuple("total Summe bill Liste Saldo book May kilo Zahl Seite Büro gross".replace("ü", "ue").split())
FOREIGN = tuple("ΔΘΛΞΠΣΦΨΩαβγδεζηθλμξπφψωДЖЙЛФЦЧШЩЪЫЭЮЯавджкфцшщюя†§¶∑∞≈≠√∂€£¥©®☎★♥✓✗")
WRITTEN = (
    cv2.FONT_HERSHEY_SIMPLEX,
    cv2.FONT_HERSHEY_COMPLEX_SMALL,
    cv2.FONT_HERSHEY_SCRIPT_SIMPLEX,
    cv2.FONT_HERSHEY_SCRIPT_COMPLEX,
    cv2.FONT_HERSHEY_SIMPLEX + cv2.FONT_ITALIC,
)
PRINTED = ("DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono", "STIXGeneral")
MARKS = (".", ",", "-", "-", ":", "+", "=", ";", "*", "x", "%", "#")


def word(rng: Random, amount: float) -> list[Sign]:
    """The signs of a word: written in most cases, else printed, or of another alphabet."""
    kind = rng.random()
    if kind < 0.3 * amount:
        count = int(rng.integers(1, 5))
        return [font_sign(str(rng.choice(FOREIGN)), "DejaVu Sans", True) for _ in range(count)]
    text = str(rng.choice(AMONG if rng.random() < 0.4 * amount else WORDS))
    if kind < 0.45 * amount:
        family = str(rng.choice(PRINTED))
        return [font_sign(letter, family, False) for letter in text]
    font = int(rng.choice(WRITTEN))
    return [letter_sign(letter, font) for letter in text]


def mark(rng: Random) -> Sign:
    """A point, comma, dash or the like, as it stands between two numbers."""
    return letter_sign(str(rng.choice(MARKS)), cv2.FONT_HERSHEY_SIMPLEX)
