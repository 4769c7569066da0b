import io

import pytest

from digits_train.checkpoint import Epoch
from digits_train.fit import Step
from digits_train.progress import Teller, clock

EPOCH = Epoch(epoch=2, loss=0.1, accuracy=0.9712, val_loss=0.2, val_accuracy=0.965, seconds=64.6)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0:00"), (65, "1:05"), (3600, "1:00:00"), (7325, "2:02:05")]
)
def test_a_clock_shows_hours_only_where_there_are_some(seconds: float, text: str) -> None:
    assert clock(seconds) == text


def test_a_log_file_gets_one_plain_line_an_epoch() -> None:
    out = io.StringIO()
    teller = Teller(out, 5)
    teller.step(Step(epoch=2, epochs=5, batch=1, batches=10, loss=0.1, accuracy=0.9))
    teller.epoch(EPOCH)
    assert out.getvalue() == "Epoch 2/5  accuracy 97.12%, validation 96.50%, 1:05\n"


def test_a_terminal_gets_a_line_that_moves_and_tells_the_time_left() -> None:
    out = Terminal()
    teller = Teller(out, 5, every_s=0)
    teller.step(Step(epoch=2, epochs=5, batch=5, batches=10, loss=0.1, accuracy=0.9))
    moving = out.getvalue()
    assert moving.startswith("\r\x1b[2KEpoch 2/5  ━━━━━━━━━━━━────────────  accuracy 90.00%")
    assert moving.endswith(" left")
    with teller:
        teller.epoch(EPOCH)
    assert out.getvalue().endswith("\r\x1b[2KEpoch 2/5  accuracy 97.12%, validation 96.50%, 1:05\n\r\x1b[2K")
