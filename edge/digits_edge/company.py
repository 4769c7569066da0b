"""Which words are numbers: a digit is believed as far as its word, and its page, are made of digits.

Letters pass for digits one by one (o, l, S), hardly ever a word of them. So each word is weighed as a
whole, as a number or as something else, against the share of numbers on the page; that share follows
from the words in turn: a mixture of two classes, fitted by expectation maximisation (Dempster et al. 1977).
"""

import numpy as np
from numpy.typing import NDArray

from digits_edge.reading import Box, Digit, Rejected

MANY = 3  # pieces of ink that may be a digit cut out, with remnants of others; a picture of more is a page
DUST = 0.3  # of the height of the page's digits: less is dust between them
STROKE = 0.55  # of that height: a 1 has more, and less than the height over this; scraps of lines are any
NEAR = 0.6  # of the lower one's height: what stands closer belongs to the same word, …
LEVEL = 0.3  # … if it shares as much of that height with it
ALIKE = 0.5  # … and has at least this part of the other's height
SMALLER, LARGER = 0.5, 2.0  # times as tall as the page's digits: what else is written there
EDGE = 0.1  # of its height: what is narrower is the edge of something, and no letter

# Log likelihoods of a number against words and clutter, measured on development pages: numbers have
# digits that the network is sure of, letters pass for less sure ones, and strokes are found anywhere.
DIGIT, DIGIT_RISE = -0.7, 0.4  # at even odds of being right, and for each logit more
ONE, ONE_RISE = -0.45, 0.15  # the same for a 1
ONES = 0.5  # any number of them speaks for a number no louder
FOREIGN = -2.4  # ink that was refused
HALF = 0.25, 0.5  # refused with such a confidence it speaks as a digit of that confidence would
SUREST = 6.0  # logits: int8 scores know no finer ones
BEFORE = 2.0, 1.0  # digits and foreign pieces taken for seen before the page's own
SEEN = 2.0, 0.5  # the same where the question is what an odd one among them is
ALONE = (1 + SEEN[0]) / (1 + sum(SEEN))  # share of digits where one is all there is
OVERWHELMING = 50.0  # log odds beyond which nothing changes
ROUNDS = 20  # far more than it takes to settle


def in_company(
    digits: list[Digit], rejected: list[Rejected], region: Box
) -> tuple[list[Digit], list[Rejected]]:
    """The digits of a region whose words are numbers, and what was rejected with the others added."""
    if not digits:
        return digits, rejected
    one = np.array([digit.value == 1 for digit in digits])
    heights = np.array([digit.box.height for digit in digits])
    typical = _typical(heights if one.all() else heights[~one])
    stays = heights >= DUST * typical
    stays &= ~one | (heights >= STROKE * typical) & (STROKE * heights <= typical)
    few = len(digits) + len(rejected) <= MANY
    others = [sign for sign in rejected if _is_whole(sign, digits, region)] if few else rejected
    if not few or _as_tall(others, typical):
        boxes = np.array([digit.box for digit in digits] + [sign.box for sign in others], np.int64)
        counted = boxes[:, 3] >= DUST * typical
        word = _words(boxes, len(digits))
        stays &= _numbers(word, _evidence(digits, others, word, counted), counted)[word[: len(digits)]]
    kept, refused = [], list(rejected)
    for digit, stay in zip(digits, stays, strict=True):
        if stay:
            kept.append(digit)
        else:
            refused.append(Rejected(digit.confidence, digit.box))
    return kept, refused


def _is_whole(sign: Rejected, digits: list[Digit], region: Box) -> bool:
    """Whether it is no remnant of a neighbour at the edge of a digit cut out, and no ring around one."""
    return region.holds(sign.box) and not any(sign.box.holds(digit.box) for digit in digits)


def share_of_digits(digits: list[Digit], rejected: list[Rejected]) -> float:
    """How much of what is written here are digits, as one of the rejected finds it: 0 to 1, neither.

    Counted are the others, as far as they are about as tall as the digits.
    """
    if not digits:
        return SEEN[0] / (len(rejected) + sum(SEEN))
    foreign = _as_tall(rejected, _typical(np.array([digit.box.height for digit in digits])))
    return (len(digits) + SEEN[0]) / (len(digits) + max(foreign - 1, 0) + sum(SEEN))


def _as_tall(rejected: list[Rejected], typical: int) -> int:
    """How many of the rejected are about as tall as the page's digits, and no edge of something."""
    return sum(
        SMALLER * typical <= sign.box.height <= LARGER * typical and sign.box.width >= EDGE * sign.box.height
        for sign in rejected
    )


def _typical(heights: NDArray[np.int64]) -> int:
    """The median height; tall digits weigh more, since there may be any number of specks."""
    ordered = np.sort(heights)
    middle = np.searchsorted(np.cumsum(ordered), heights.sum() / 2)
    return int(ordered[middle])


def _words(boxes: NDArray[np.int64], digits: int) -> NDArray[np.intp]:
    """(n,): the word of each of the boxes, (n, 4), named by one of its members; digits come first.

    Words grow from digit to digit; what was refused joins the digit beside it.
    """
    x, y, wide, high = boxes.T
    left, top, width, height = boxes[:digits, np.newaxis].transpose(2, 0, 1)
    lower = np.minimum(high, height)
    apart = np.maximum(x, left) - np.minimum(x + wide, left + width)
    shared = np.minimum(y + high, top + height) - np.maximum(y, top)
    beside = (apart < NEAR * lower) & (shared > LEVEL * lower) & (lower >= ALIKE * np.maximum(high, height))
    beside &= (wide >= EDGE * high) & (width >= EDGE * height)  # (digits, n)
    word = np.arange(len(boxes))
    while True:
        grown = word.copy()
        grown[:digits] = np.minimum(word[:digits], np.where(beside, word, len(boxes)).min(axis=1))
        grown = np.minimum(grown, np.where(beside, grown[:digits, np.newaxis], len(boxes)).min(axis=0))
        if (grown == word).all():
            return word
        word = grown


def _evidence(
    digits: list[Digit], rejected: list[Rejected], word: NDArray[np.intp], counted: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """(n,): at each word's place, the log likelihood of its being a number."""
    logit = _logit([digit.confidence for digit in digits])
    stroke = np.array([digit.value == 1 for digit in digits])
    doubt = np.array([sign.confidence for sign in rejected])
    half = (HALF[0] < doubt) & (doubt < HALF[1])  # surer ones were refused for their shape or place
    foreign = np.where(half, DIGIT + DIGIT_RISE * _logit(doubt), FOREIGN)
    shapes, strokes = np.zeros(len(word)), np.zeros(len(word))
    shapes[: len(digits)] = np.where(stroke, 0, DIGIT + DIGIT_RISE * logit)
    shapes[len(digits) :] = foreign * counted[len(digits) :]
    strokes[: len(digits)] = np.where(stroke, ONE + ONE_RISE * logit, 0)
    together = np.bincount(word, strokes, len(word))
    return np.bincount(word, shapes, len(word)) + np.minimum(together, ONES)


def _logit(probability: list[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    p = np.asarray(probability, np.float64)
    return np.log(np.maximum(p, 1e-6) / np.maximum(1 - p, 1e-6)).clip(-SUREST, SUREST)


def _numbers(
    word: NDArray[np.intp], evidence: NDArray[np.float64], counted: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """(n,): at each word's place, whether it is likelier a number than not."""
    pieces = np.bincount(word, counted, len(word))
    share = 0.5
    for _ in range(ROUNDS):
        odds = evidence + np.log(share / (1 - share))
        probability = 1 / (1 + np.exp(-odds.clip(-OVERWHELMING, OVERWHELMING)))
        share = (probability @ pieces + BEFORE[0]) / (pieces.sum() + sum(BEFORE))
    return probability >= 0.5
