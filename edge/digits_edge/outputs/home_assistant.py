"""What makes Home Assistant show a reading by itself: MQTT discovery of a device with its sensors.

https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery, by device, as of Home Assistant 2024.12.
"""

import json
import re
import zlib
from importlib.metadata import version
from typing import Any

PREFIX = "homeassistant"  # Home Assistant's own default


def discovery(topic: str) -> tuple[str, str]:
    """Topic and payload, to be retained, that describe what is published below `topic`.

    Home Assistant may turn the value into a whole number only where there is one: else it is unknown.
    """
    device = device_id(topic)
    release = version("edge-digits")
    available = {"availability_topic": f"{topic}/availability"}  # online and offline are the defaults
    diagnostic = {"entity_category": "diagnostic"}
    sensors: dict[str, dict[str, Any]] = {
        "value": {
            "name": None,  # the device's own
            "value_template": "{{ value | int(none) }}",
            "state_class": "measurement",
            "icon": "mdi:numeric",
            **available,
        },
        "confidence": {
            "name": "Confidence",
            "value_template": "{{ (value | float * 100) | round if value else none }}",
            "state_class": "measurement",
            "unit_of_measurement": "%",
            **diagnostic,
            **available,
        },
        "raw": {"name": "Raw reading", "enabled_by_default": False, **diagnostic, **available},
        # Available always: it says why the others aren't.
        "error": {"name": "Error", "value_template": "{{ value or 'none' }}", **diagnostic},
    }
    payload = {
        "device": {
            "identifiers": [device],
            "name": topic.rpartition("/")[2],
            "model": "edge-digits",
            "sw_version": release,
        },
        "origin": {"name": "edge-digits", "sw_version": release},
        "components": {
            name: {
                "platform": "sensor",
                "unique_id": f"{device}_{name}",
                "state_topic": f"{topic}/{name}",
                **settings,
            }
            for name, settings in sensors.items()
        },
    }
    return f"{PREFIX}/device/{device}/config", json.dumps(payload, ensure_ascii=False)


def device_id(topic: str) -> str:
    """A name in Home Assistant's alphabet, the same at every start and for no other topic."""
    return f"{re.sub('[^a-zA-Z0-9]+', '_', topic)}_{zlib.crc32(topic.encode()):08x}"
