"""Addresses of brokers, and the passwords that no message may repeat."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from digits_edge.broker import Broker, broker_at
from digits_edge.errors import InputError


@pytest.fixture(autouse=True)
def no_password_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDGE_DIGITS_MQTT_PASSWORD", raising=False)


@pytest.mark.parametrize(
    ("address", "broker"),
    [
        ("mqtt://pi", Broker("mqtt", "pi", 1883, "edge-digits")),
        ("mqtts://pi/", Broker("mqtts", "pi", 8883, "edge-digits")),
        ("mqtt://pi:1234/house/water", Broker("mqtt", "pi", 1234, "house/water")),
        ("mqtt://me:secret@pi/w", Broker("mqtt", "pi", 1883, "w", "me", "secret")),
        ("mqtt://m%40e:p%2F%23%40%25@pi/w%20w", Broker("mqtt", "pi", 1883, "w w", "m@e", "p/#@%")),
        ("mqtt://me:a@b@pi/w", Broker("mqtt", "pi", 1883, "w", "me", "a@b")),
        ("mqtt://[::1]:99/w", Broker("mqtt", "::1", 99, "w")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_address_names_broker_user_and_topic(address: str, broker: Broker) -> None:
    assert broker_at(address) == broker


@pytest.mark.parametrize(
    "address",
    [
        "pi",
        "http://pi/w",
        "mqtt://",
        "mqtt:///secret",
        "mqtt://pi:0/secret",
        "mqtt://pi:secret/w",
        "mqtt://pi:70000/secret",
        "mqtt://me:12/secret@pi/w",
        "mqtt://me:se/cret@pi/w",
        "mqtt://me:se#cret@pi/w",
        "mqtt://me:se?cret@pi/w",
        "mqtt://me:secret@/w",
        "mqtt://me:%ff-secret@pi/w",
        "mqtt://:secret@pi/w",
        "mqtt://a..secret/w",
        "mqtt://me:secret@pi/w/%23",
        "mqtt://me:secret@pi/+/w",
        "mqtt://me:secret@pi/$SYS",
        "mqtt://me:secret@pi/w%0a",
        "mqtt://[::secret/w",
        "mqtt://pi/secret" + 600 * "x",
    ],
)
def test_what_is_no_address_is_wrong_usage_and_never_repeated(address: str) -> None:
    with pytest.raises(click.BadParameter) as raised:
        broker_at(address)
    assert "ecret" not in raised.value.format_message()
    assert "cret" not in raised.value.format_message()


def test_a_password_stands_in_no_text_of_a_broker() -> None:
    broker = broker_at("mqtt://me:secret@pi:7/w")
    assert str(broker) == "mqtt://pi:7"
    assert "secret" not in repr(broker)
    assert str(broker_at("mqtt://[::1]/w")) == "mqtt://[::1]:1883"


def test_a_password_comes_from_the_file_before_the_address_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDGE_DIGITS_MQTT_PASSWORD", "from the environment")
    file = tmp_path / "password"
    file.write_text("from the file \r\nsecond line\n", encoding="utf-8")
    assert broker_at("mqtt://me@pi").password == "from the environment"
    assert broker_at("mqtt://me:its%20own@pi").password == "its own"
    assert broker_at("mqtt://me:its%20own@pi", file).password == "from the file "


def test_a_password_without_a_user_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDGE_DIGITS_MQTT_PASSWORD", "secret")
    with pytest.raises(click.BadParameter, match="no user"):
        broker_at("mqtt://pi")


@pytest.mark.parametrize(
    "content", [None, b"", b"\nsecret", b"\xff\xfe"], ids=["none", "empty", "blank", "binary"]
)
def test_a_file_without_a_password_is_an_input_error(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError, match="password"):
        broker_at("mqtt://me@pi", file)


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no /proc on this system")
def test_a_password_is_taken_off_the_command_line() -> None:
    check = (
        "from pathlib import Path\n"
        "from digits_edge.arguments import hide_password\n"
        "hide_password('s%2Fecret')\n"
        "print(Path('/proc/self/cmdline').read_bytes())"
    )
    command = [sys.executable, "-c", check, "--mqtt", "mqtt://me:s%2Fecret@pi/w", "--camera", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    shown = done.stdout.rpartition("--mqtt")[2]
    assert "mqtt://me:xxxxxxxxx@pi/w" in shown
    assert "--camera" in shown
