"""The card that a model file carries inside: what it expects, how it was made, what it scored.

Both model formats can hold attached files, so one named `digits.json` serves both, and no sidecar
can get lost on the way to a device.
"""

import json
from dataclasses import asdict, dataclass
from dataclasses import fields as dataclass_fields
from typing import Any, TypeVar

from digits_edge.attached import read_member
from digits_edge.errors import ModelError
from digits_edge.normalise import NORMALISATIONS, Normalisation

MEMBER = "digits.json"
SCHEMA = "digits.model/1"
DIGITS = tuple("0123456789")


@dataclass(frozen=True, slots=True)
class Calibration:
    """How scores become probabilities, and which are too low to be read as a digit."""

    temperature: float = 1.0  # divides the log scores; Guo et al. 2017, arXiv:1706.04599
    accept: float = 0.5  # the least confidence that is read as a digit
    digits: float | None = None  # their share in what was learnt; None where that was nothing but digits


@dataclass(frozen=True, slots=True)
class Training:
    data: str  # "mnist", "uci", or what files and folders were given
    data_sha256: str  # of all images and labels used, in order
    images: int  # trained on, validation part left out
    epochs: int
    seed: int
    accuracy: float  # float model, argmax over its digits on the test images, 0 to 1
    versions: dict[str, str]  # package → version
    test_share: float | None = None  # of all images, pooled; None where the data's own test part was kept


@dataclass(frozen=True, slots=True)
class Representative:
    """The images that quantisation took its ranges from."""

    images: int
    sha256: str
    seed: int


@dataclass(frozen=True, slots=True)
class Parity:
    """One interpreter's answers to the test images, beside the float Keras model's."""

    runtime: str  # "tflite-runtime 2.14.0"
    images: int
    accuracy: float  # 0 to 1
    accuracy_float: float  # the Keras model's, 0 to 1
    agreement: float  # share of images with the same answer
    largest_difference: float  # between any two scores, 0 to 1
    accuracy_per_digit: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Card:
    recipe: str
    normalisation: Normalisation
    training: Training
    labels: tuple[str, ...] = DIGITS  # of the outputs, in order; the first ten are the digits
    calibration: Calibration = Calibration()
    quantize: str | None = None  # None before conversion
    representative: Representative | None = None
    parity: tuple[Parity, ...] = ()
    minimum_runtime: str | None = None

    def to_json(self) -> str:
        """In ASCII: `training.data` may be the name of a folder that is no UTF-8."""
        return json.dumps({"schema": SCHEMA, **asdict(self)}, indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Card":
        """Raises ModelError for a card of another schema, with parts missing or with values that can't be.

        Fields that this version doesn't know are passed over: a schema only grows.
        """
        try:
            fields: dict[str, Any] = json.loads(text)
            if fields["schema"] != SCHEMA:
                raise ModelError(
                    f"a card of schema {fields['schema']!r}, wanted {SCHEMA}; update edge-digits"
                )
            representative = fields["representative"]
            card = _made(
                cls,
                {
                    **fields,
                    "training": _made(Training, fields["training"]),
                    "labels": tuple(fields["labels"]),
                    "calibration": _made(Calibration, fields["calibration"]),
                    "representative": representative and _made(Representative, representative),
                    "parity": tuple(
                        _made(Parity, {**row, "accuracy_per_digit": tuple(row["accuracy_per_digit"])})
                        for row in fields["parity"]
                    ),
                },
            )
            card.check()
        except ModelError:
            raise
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
            raise ModelError(f"a card that can't be read ({error}); convert the model again") from error
        return card

    def check(self) -> None:
        """Raises ModelError for values that nothing can be computed with."""
        temperature, accept = self.calibration.temperature, self.calibration.accept
        digits = 0.5 if self.calibration.digits is None else self.calibration.digits
        if not (0.01 <= temperature <= 100 and 0 <= accept <= 1 and 0 < digits < 1):  # NaN is in no range
            raise ModelError(
                f"a calibration of temperature {temperature}, accept {accept}, digits {digits}; "
                "convert the model again"
            )
        if not all(isinstance(label, str) for label in self.labels):
            raise ModelError("labels that are no text; convert the model again")
        if self.normalisation not in NORMALISATIONS:
            raise ModelError(
                f"the model wants the normalisation {self.normalisation!r}, known are "
                f"{', '.join(NORMALISATIONS)}; update edge-digits"
            )


Made = TypeVar("Made")


def _made(kind: type[Made], fields: dict[str, Any]) -> Made:
    known = {field.name for field in dataclass_fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in fields.items() if name in known})


def read_card(model: bytes) -> Card | None:
    """The card inside a .keras or .tflite file's content, or None where there is none."""
    text = read_member(model, MEMBER)
    return None if text is None else Card.from_json(text)
