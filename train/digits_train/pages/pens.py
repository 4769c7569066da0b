"""The pens of a page: how wide, of what colour, how full."""

import numpy as np

from digits_train.pages.scene import Colour, Pen
from digits_train.pages.strengths import Chance

DARK: tuple[Colour, ...] = ((0.12, 0.1, 0.1), (0.3, 0.14, 0.1), (0.16, 0.15, 0.15))
COLOURS: tuple[Colour, ...] = (
    (0.75, 0.25, 0.1), (0.85, 0.5, 0.2), (0.2, 0.12, 0.8), (0.25, 0.55, 0.15),
    (0.6, 0.15, 0.5), (0.1, 0.45, 0.9), (0.75, 0.75, 0.15), (0.15, 0.78, 0.92),
)  # fmt: skip
OFTEN = (0.22, 0.14, 0.22, 0.14, 0.08, 0.08, 0.07, 0.05)
GREY: Colour = (0.35, 0.34, 0.34)
USUAL, THINNEST, WIDEST = 0.085, 0.02, 0.24  # of a digit's height


class Pens:
    """The pen in hand, which may change from number to number."""

    def __init__(self, chance: Chance, height: float) -> None:
        self._height = height
        self._amount, self._rng = chance.of("pen")
        self._coloured, self._hue = chance.of("colour")
        self._faint, self._pale = chance.of("faint")
        self._tint = DARK[int(chance.stream("text").integers(len(DARK)))]
        self.change()

    def change(self) -> None:
        """Another pen for what follows, where several lie about."""
        self._current = self._another()

    def pen(self) -> Pen:
        if self._rng.random() < 0.4 * self._amount:
            self.change()
        return self._current

    def _another(self) -> Pen:
        bolder = self._rng.uniform(-1, 1) * self._amount
        ratio = (WIDEST / USUAL) ** bolder if bolder > 0 else (THINNEST / USUAL) ** -bolder
        colour = np.array(self._tint)
        if self._hue.random() < 1.4 * self._coloured:
            strange = np.array(COLOURS[self._hue.choice(len(COLOURS), p=OFTEN)])
            colour += (strange - colour) * min(1.0, 0.45 + 0.6 * self._coloured)
        pencil = self._pale.random() < 0.7 and self._faint > 0
        if pencil:
            colour += (np.array(GREY) - colour) * min(1.0, 1.5 * self._faint)
        density = 1 - self._faint * self._pale.uniform(0.6, 0.88)
        rough = 0.5 * self._faint * pencil + 0.25 * self._amount * self._rng.random()
        blue, green, red = colour.tolist()
        return Pen(self._height * USUAL * ratio, (blue, green, red), float(density), float(rough))
