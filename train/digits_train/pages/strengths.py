"""How hard a page is: a strength from 0 to 1 for each of the things that make reading hard."""

from dataclasses import dataclass, fields

import numpy as np

Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Strengths:
    """0 absent, 0.5 as bad as on an ordinary day, 1 as bad as a person might still read."""

    grain: float = 0.0  # the paper's fibres, mottles and specks
    ruling: float = 0.0  # ruled and squared lines, boxes, a margin
    folds: float = 0.0  # folds and crumples
    show_through: float = 0.0  # the writing of the other side
    desk: float = 0.0  # the sheet's edges, what it lies on and what lies beside it
    light: float = 0.0  # gradients, a vignette, a dark or tinted picture
    shadow: float = 0.0  # cast shadows, soft and hard
    pen: float = 0.0  # hairlines, markers, several pens, uneven flow
    colour: float = 0.0  # of the ink: blue, red, green, even yellow
    faint: float = 0.0  # pencil, and pens that are nearly empty
    crowding: float = 0.0  # digits that touch and join
    slant: float = 0.0  # rows that climb and bend, digits that lean and dance
    size: float = 0.0  # tiny digits, and digits that fill the picture
    signs: float = 0.0  # points, commas, dashes and the like between numbers
    words: float = 0.0  # words, letters of other alphabets, print
    crossings: float = 0.0  # numbers crossed out, which aren't to be read
    tilt: float = 0.0  # a camera held aslant: rotation and perspective
    blur: float = 0.0  # out of focus, or moved
    noise: float = 0.0  # of the sensor
    jpeg: float = 0.0  # compression

    @classmethod
    def all_at(cls, strength: float) -> "Strengths":
        return cls(**dict.fromkeys(FACTORS, strength))


FACTORS = tuple(field.name for field in fields(Strengths))


@dataclass(frozen=True, slots=True)
class Chance:
    """What one page draws. Each factor has its own random stream, so that changing one keeps the rest."""

    strengths: Strengths
    seed: int

    def stream(self, name: str) -> Random:
        return np.random.default_rng((self.seed, *name.encode()))

    def of(self, factor: str) -> tuple[float, Random]:
        """How much of a factor this page has, and the stream to draw its details from.

        By the square of its strength: twenty factors of half the full amount at once are past reading.
        """
        rng = self.stream(factor)
        return getattr(self.strengths, factor) ** 2 * rng.uniform(0.65, 1), rng
