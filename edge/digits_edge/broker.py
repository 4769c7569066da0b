"""Where an MQTT broker is, from an address that no message ever repeats: it may hold a password."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click

from digits_edge.errors import InputError

PORTS = {"mqtt": 1883, "mqtts": 8883}
PASSWORD_VARIABLE = "EDGE_DIGITS_MQTT_PASSWORD"  # noqa: S105  (where it is, not what)
TOPIC = "edge-digits"
LONGEST_TOPIC = 500  # bytes; MQTT allows 65,535, but nobody means them

FORM = (
    "Wanted mqtt://USER:PASSWORD@HOST:PORT/TOPIC, all but the host optional, mqtts for TLS, "
    "and in user and password / as %2F, # as %23, @ as %40."
)


@dataclass(frozen=True, slots=True)
class Broker:
    """An MQTT broker, and the topic that ours stand below."""

    scheme: str
    host: str
    port: int
    topic: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def tls(self) -> bool:
        return self.scheme == "mqtts"

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def broker_at(address: str, password_file: Path | None = None) -> Broker:
    """The broker at `mqtt://…`; its password from the file, the address or the environment, in this order.

    Raises click.BadParameter for what is no such address, InputError for a file that can't be read.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
        user, password = (
            part and unquote(part, errors="strict") for part in (parts.username, parts.password)
        )
        topic = unquote(parts.path, errors="strict").strip("/") or TOPIC
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:  # its message would quote a part of the address
        raise _wrong(FORM) from None
    # A bare / in a password ends the host, and what follows would be published as a topic.
    if (
        parts.scheme not in PORTS
        or not host
        or port == 0
        or "@" in parts.path
        or parts.query
        or parts.fragment
    ):
        raise _wrong(FORM)
    if re.search(r"[+#\x00-\x1f\x7f]", topic) or topic.startswith("$") or len(topic.encode()) > LONGEST_TOPIC:
        raise _wrong("Its topic can't be published to; + and # are wildcards, $… is the broker's own.")
    if password_file is not None:
        password = _first_line(password_file)
    password = password or os.environ.get(PASSWORD_VARIABLE)
    if password and not user:
        raise _wrong("There is a password, but no user; wanted mqtt://USER@HOST.")
    return Broker(parts.scheme, host, port or PORTS[parts.scheme], topic, user or None, password or None)


def password_in(address: str) -> str:
    """The password of an address as it is written there, "" for none."""
    return urlsplit(address).password or ""


def _wrong(reason: str) -> click.BadParameter:
    return click.BadParameter(reason, param_hint="--mqtt")


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            password = file.readline(4096).rstrip("\r\n")
    except OSError as error:
        raise InputError(
            f"{path}: can't be read ({error.strerror}); wanted a file with a password"
        ) from error
    except UnicodeDecodeError:
        raise InputError(f"{path}: no text in UTF-8; wanted a file with a password") from None
    if not password:
        raise InputError(f"{path}: its first line is empty; wanted a password there")
    return password
