"""What Home Assistant is told of a reader, so that nobody has to configure it."""

import json

from digits_edge.outputs.home_assistant import device_id, discovery


def test_home_assistant_learns_of_a_device_with_four_sensors() -> None:
    topic, payload = discovery("house/water meter")
    config = json.loads(payload)
    device = device_id("house/water meter")
    assert topic == f"homeassistant/device/{device}/config"
    assert config["device"]["identifiers"] == [device]
    assert config["device"]["name"] == "water meter"
    assert config["origin"]["name"] == "edge-digits"
    sensors = config["components"]
    assert {name: sensor["state_topic"] for name, sensor in sensors.items()} == {
        name: f"house/water meter/{name}" for name in ("value", "confidence", "raw", "error")
    }
    assert {sensor["platform"] for sensor in sensors.values()} == {"sensor"}
    assert len({sensor["unique_id"] for sensor in sensors.values()}) == 4
    assert sensors["value"]["state_class"] == "measurement"
    assert sensors["value"]["availability_topic"] == "house/water meter/availability"
    assert "availability_topic" not in sensors["error"]  # it says why the others are not available


def test_topics_that_look_alike_are_devices_of_their_own() -> None:
    assert device_id("a/b") != device_id("a_b")
    assert device_id("a/b") == device_id("a/b")
    assert device_id("häuser/1").isascii()
