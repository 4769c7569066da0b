"""Readings at a real Mosquitto, which comes and goes."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digits_edge.broker import broker_at
from digits_edge.classifier import Classifier
from digits_edge.errors import OutputError
from digits_edge.frame import Away, Frame, Unreadable
from digits_edge.options import DigitCount
from digits_edge.outputs.delivery import Delivery
from digits_edge.outputs.mqtt import Mqtt
from digits_edge.reader import Reader
from digits_edge.run import read_all
from drawn import ink_of, on_paper
from mosquitto import Listener, Mosquitto, free_port, retained, wait_until
from program import PROGRAM

PAGES = {text: on_paper(ink_of(text)) for text in ("42", "17", " ")}


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    broker = Mosquitto(tmp_path, "allow_anonymous true")
    broker.start()
    yield broker
    broker.kill()


@pytest.fixture
def listener(broker: Mosquitto) -> Iterator[Listener]:
    listener = Listener(broker.port)
    yield listener
    listener.close()


def frames(*texts: str, source: str = "cam") -> Iterator[Frame]:
    for index, text in enumerate(texts):
        yield Frame(PAGES[text], source, index, captured=index / 10)


@pytest.fixture
def show(classifier: Classifier) -> Callable[..., None]:
    def show(output: Mqtt, *texts: str, expected: DigitCount | None = None) -> None:
        read_all(frames(*texts), Reader(classifier), [output], expected)

    return show


def test_a_camera_s_value_is_published_when_it_changes_and_nothing_else_is(
    broker: Mosquitto, listener: Listener, show
) -> None:
    with Mqtt(broker_at(f"mqtt://127.0.0.1:{broker.port}/house/water")) as output:
        show(output, *["42"] * 20, "17", *["42"] * 10, *["17"] * 20)
        listener.wait_for("house/water/value", "17")
    listener.wait_for("house/water/availability", "offline")
    value, raw = listener.of("house/water/value"), listener.of("house/water/raw")
    assert value == [text for text in ("", "42", "17") if text in value]
    assert raw[-1] == "17"
    assert listener.of("house/water/availability")[-2:] == ["online", "offline"]
    assert 0.5 < float(listener.newest["house/water/confidence"]) <= 1


def test_what_holds_until_it_changes_is_retained(broker: Mosquitto, listener: Listener, show) -> None:
    with Mqtt(broker_at(f"mqtt://127.0.0.1:{broker.port}/w")) as output:
        show(output, *["42"] * 20)
        listener.wait_for("w/availability", "online")
        kept = retained(broker.port)
        assert kept["w/value"] == "42"
        assert set(kept) == {"w/value", "w/confidence", "w/availability"}
        show(output, *[" "] * 40)
        listener.wait_for("w/error", "no number found")
        assert set(retained(broker.port)) == {"w/error", "w/availability"}


def test_an_absent_camera_is_an_error_and_not_available(broker: Mosquitto, listener: Listener, show) -> None:
    with Mqtt(broker_at(f"mqtt://127.0.0.1:{broker.port}/w")) as output:
        show(output, *["42"] * 20)
        output.refuse(Away("cam", "unplugged"))
        listener.wait_for("w/availability", "offline")
        listener.wait_for("w/error", "unplugged")
        assert listener.newest["w/value"] == "42"
        show(output, *["42"] * 20)
        listener.wait_for("w/availability", "online")
        listener.wait_for("w/error", "")
        output.refuse(Unreadable("cam", "ended"))
        listener.wait_for("w/error", "ended")


def test_another_count_of_digits_than_expected_is_an_error_and_no_value(
    broker: Mosquitto, listener: Listener, show
) -> None:
    expected = DigitCount(4, 4)
    with Mqtt(broker_at(f"mqtt://127.0.0.1:{broker.port}/w"), expected) as output:
        show(output, *["42"] * 20, expected=expected)
        listener.wait_for("w/error", "42 is 2 digits long, expected 4")
        listener.wait_for("w/raw", "42")
    assert set(listener.of("w/value")) <= {""}


def test_an_image_is_published_before_the_run_ends(broker: Mosquitto, listener: Listener, saved) -> None:
    command = [*PROGRAM, str(saved("42")), "--mqtt", f"mqtt://127.0.0.1:{broker.port}/w"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    listener.wait_for("w/value", "42")
    listener.wait_for("w/availability", "offline")


def test_a_broker_that_comes_late_gets_the_newest_only(tmp_path: Path, show) -> None:
    broker = Mosquitto(tmp_path, "allow_anonymous true")
    with Mqtt(broker_at(f"mqtt://127.0.0.1:{broker.port}/w")) as output:
        show(output, *["42"] * 20, *["17"] * 20)
        broker.start()
        wait_until(lambda: retained(broker.port).get("w/value") == "17")
    assert retained(broker.port)["w/availability"] == "offline"
    broker.kill()


def test_a_broker_that_is_killed_gets_everything_that_holds_when_it_is_back(
    broker: Mosquitto, show, capsys: pytest.CaptureFixture[str]
) -> None:
    with Mqtt(broker_at(f"mqtt://127.0.0.1:{broker.port}/w"), home_assistant=True) as output:
        show(output, *["42"] * 20)
        wait_until(lambda: retained(broker.port).get("w/value") == "42")
        broker.kill()
        show(output, *["17"] * 20, *["42"] * 20, *["17"] * 20)
        broker.start()  # with nothing of before
        wait_until(lambda: retained(broker.port).get("w/availability") == "online")
        kept = retained(broker.port)
    assert kept["w/value"] == "17"
    assert any(topic.startswith("homeassistant/device/") for topic in kept)
    told = capsys.readouterr().err.splitlines()
    assert sum("connection lost" in line for line in told) == 1
    assert sum(line.endswith(": connected") for line in told) == 2


def test_a_broker_that_is_away_keeps_no_queue_growing(tmp_path: Path) -> None:
    delivery = Delivery(broker_at(f"mqtt://127.0.0.1:{free_port()}/w"), "w/availability", "offline")
    for n in range(10_000):
        delivery.publish("w/value", str(n))
    assert len(delivery._unsent) == len(delivery._newest) == 1
    assert not delivery._client._out_packet
    assert not delivery._client._out_messages
    delivery.close(0)


def test_a_run_whose_readings_could_not_be_sent_says_so() -> None:
    with (
        pytest.raises(OutputError, match="not everything could be sent"),
        Mqtt(broker_at(f"mqtt://127.0.0.1:{free_port()}/w")),
    ):
        pass


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130), (signal.SIGKILL, -9)], ids=str
)
def test_whoever_ends_the_program_the_broker_hears_of_it(
    broker: Mosquitto, listener: Listener, film: Path, sent: signal.Signals, code: int
) -> None:
    command = [*PROGRAM, str(film), "--mqtt", f"mqtt://127.0.0.1:{broker.port}/w"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as run:
        listener.wait_for("w/availability", "online")
        assert listener.newest["w/value"] == "42"
        run.send_signal(sent)
        _, told = run.communicate(timeout=60)
    assert run.returncode == code
    assert "Traceback" not in told
    listener.wait_for("w/availability", "offline")
    assert retained(broker.port)["w/availability"] == "offline"


def test_without_paho_the_extra_is_named(saved) -> None:
    check = "import sys; sys.modules['paho'] = None\nfrom digits_edge.cli import main; main()"
    command = [sys.executable, "-c", check, str(saved("42")), "--mqtt", "mqtt://localhost"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "run: pip install 'edge-digits[mqtt]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_paho_is_loaded_for_mqtt_only(saved) -> None:
    check = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(sorted(sys.modules), file=sys.stderr))\n"
        "from digits_edge.cli import main; main()"
    )
    command = [sys.executable, "-c", check, str(saved("42"))]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    for module in (
        "paho",
        "paho.mqtt.client",
        "ssl",
        "ctypes.util",
        "digits_edge.broker",
        "digits_edge.stable",
        "digits_edge.arguments",
    ):
        assert f"'{module}'" not in loaded
