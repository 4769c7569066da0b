"""What the compact network learns from in an epoch: MNIST as other people would have written it, and signs.

No image is seen more than twice. No TensorFlow here: another process makes it.
"""

import numpy as np

from digits_train.alphabets import foreign_signs
from digits_train.augment import Variety, rewritten
from digits_train.hands import other_hands
from digits_train.images import NONE, Images, joined
from digits_train.negatives import negatives

# For each digit of the training part: drawn forms, and what is no digit, invented or of an alphabet.
HANDS, SIGNS, LETTERS = 0.12, 0.16, 0.14
FAR = Variety()
NEAR = Variety(
    rotation=0.1, shear=0.12, stretch=0.08, elastic=0.6, pen=0.08, fill=0, bitmap=0, damage=0.03, remnant=0
)


def lesson(train: Images, rng: np.random.Generator, done: float) -> Images:
    """Every digit rewritten, most of them far from MNIST, less so in the end; forms and signs besides."""
    digits, given = train.digits(), train.take(train.labels == NONE)
    far = rng.random(len(digits)) < (0.6 if done < 0.8 else 0.2)
    glyphs = np.empty_like(digits.glyphs)
    glyphs[far] = rewritten(digits.glyphs[far], rng, FAR)
    glyphs[~far] = rewritten(digits.glyphs[~far], rng, NEAR)
    forms, values = other_hands(round(HANDS * len(digits)), rng)
    most = len(forms) * 4 // 5
    forms[:most] = rewritten(forms[:most], rng, FAR)
    signs = np.concatenate([negatives(round(SIGNS * len(digits)), digits, rng), given.glyphs])
    rewrite = rng.random(len(signs)) < 0.55
    signs[rewrite] = rewritten(signs[rewrite], rng, FAR)
    signs = np.concatenate([signs, foreign_signs(round(LETTERS * len(digits)), rng)])
    none = Images(signs, np.full(len(signs), NONE, np.uint8))
    return joined([Images(glyphs, digits.labels), Images(forms, values), none])
