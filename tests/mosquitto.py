"""A real MQTT broker on a free port, and somebody who listens to it."""

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

LIMIT = 30.0  # seconds that anything may take before a test gives up


def program(name: str) -> str:
    """Where Mosquitto's program is; skips the test where it isn't installed."""
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if path is None:
        pytest.skip(f"no {name} here; on Debian: apt-get install mosquitto")
    return path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class Mosquitto:
    """A broker with a temporary configuration, that can be killed and started again on its port."""

    def __init__(self, folder: Path, *lines: str) -> None:
        self.program, self.port = program("mosquitto"), free_port()
        self._configuration = folder / f"mosquitto-{self.port}.conf"
        settings = [f"listener {self.port} 127.0.0.1", "persistence false", *lines]
        if os.geteuid() == 0:
            settings.append("user root")  # else it becomes a user that can't read the test's files
        self._configuration.write_text("\n".join(settings) + "\n", encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [self.program, "-c", str(self._configuration)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self._answers)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0


class Listener:
    """Keeps all messages of a broker, in order."""

    def __init__(self, port: int, user: str | None = None, password: str | None = None) -> None:
        self.messages: list[tuple[str, str]] = []
        self._came = threading.Condition()
        self._client = Client(CallbackAPIVersion.VERSION2)
        if user:
            self._client.username_pw_set(user, password)
        self._client.on_message = self._keep
        self._client.on_connect = lambda client, *_: client.subscribe("#")
        subscribed = threading.Event()
        self._client.on_subscribe = lambda *_: subscribed.set()
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        assert subscribed.wait(LIMIT)

    def wait_for(self, topic: str, payload: str) -> None:
        """Returns when the newest message of the topic is `payload`."""
        with self._came:
            assert self._came.wait_for(lambda: self.newest.get(topic) == payload, LIMIT), self.messages

    @property
    def newest(self) -> dict[str, str]:
        return dict(self.messages)

    def of(self, topic: str) -> list[str]:
        return [payload for name, payload in self.messages if name == topic]

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _keep(self, _: Client, __: object, message: MQTTMessage) -> None:
        with self._came:
            self.messages.append((message.topic, message.payload.decode()))
            self._came.notify_all()


def retained(port: int) -> dict[str, str]:
    """What a newcomer gets at once: the last subscription's answer comes after all that is retained."""
    listener = Listener(port)
    listener._client.publish("end of what is retained", "yes")
    listener.wait_for("end of what is retained", "yes")
    listener.close()
    listener.messages.remove(("end of what is retained", "yes"))
    return listener.newest


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
