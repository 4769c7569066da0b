"""Readings to an MQTT broker: value, confidence, raw reading, error and availability."""

from collections.abc import Sequence
from math import prod
from types import TracebackType

from digits_edge.broker import Broker
from digits_edge.errors import OutputError
from digits_edge.expected import lack
from digits_edge.frame import Away, Unreadable
from digits_edge.options import DigitCount
from digits_edge.outputs.delivery import Delivery
from digits_edge.outputs.home_assistant import discovery
from digits_edge.reader import Steps
from digits_edge.reading import Number, Stable

PATIENCE = 5.0  # seconds for the last messages of a run that ends by itself
HASTE = 0.4  # of one that is ended: Ctrl-C, SIGTERM, an error
NOTABLE = 0.05  # of confidence: less of a change isn't worth a message


class Mqtt:
    """Publishes below the broker's topic; a context, at whose end the broker hears that we are gone.

    Retained is what holds until it changes. A topic without a value gets an empty message, which
    takes the retained one away.
    """

    def __init__(
        self, broker: Broker, expected: DigitCount | None = None, *, home_assistant: bool = False
    ) -> None:
        self._broker, self._expected = broker, expected
        self._value, self._confidence = "", 0.0
        self._delivery = Delivery(broker, f"{broker.topic}/availability", "offline")
        if home_assistant:
            self._delivery.publish(*discovery(broker.topic))
        self._publish("availability", "offline")  # until there is a frame

    def write(self, steps: Steps, *, changed: bool) -> None:  # noqa: ARG002  (the delivery knows what it sent)
        reading = steps.reading
        lacking = lack(reading, self._expected)
        values: Sequence[Number | Stable] = reading.numbers if not lacking else ()
        if reading.values is not None:
            values = reading.values
        self._tell(values)
        self._publish("raw", _texts(reading.numbers), retain=False)  # a moment's; old ones mislead
        self._publish("error", "" if values else lacking)
        self._publish("availability", "online")  # last, so that no old value passes for a new one

    def refuse(self, failure: Unreadable | Away) -> None:
        """The error, and that no value is current; the last one stays, for those who want it."""
        self._publish("error", failure.reason if isinstance(failure, Away) else failure.error)
        self._publish("availability", "offline")

    def __enter__(self) -> "Mqtt":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raises OutputError where a run that ended by itself couldn't send what it read."""
        self._publish("availability", "offline")
        unsent = self._delivery.close(PATIENCE if kind is None else HASTE)
        if unsent and kind is None:
            raise OutputError(f"{self._broker}: not everything could be sent ({unsent})")

    def _tell(self, values: Sequence[Number | Stable]) -> None:
        text, confidence = _texts(values), prod(value.confidence for value in values)
        if text != self._value or abs(confidence - self._confidence) >= NOTABLE:
            self._value, self._confidence = text, confidence
        self._publish("value", self._value)
        self._publish("confidence", f"{self._confidence:.2f}" if self._value else "")

    def _publish(self, name: str, payload: str, *, retain: bool = True) -> None:
        self._delivery.publish(f"{self._broker.topic}/{name}", payload, retain=retain)


def _texts(numbers: Sequence[Number | Stable]) -> str:
    return " ".join(number.text for number in numbers)
