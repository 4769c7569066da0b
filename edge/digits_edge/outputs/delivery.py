"""Messages on their way to an MQTT broker that may be absent, and come and go."""

import secrets
import ssl
import sys
import threading
from typing import Any

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from digits_edge.broker import Broker
from digits_edge.outputs.printing import remark

KEEPALIVE = 15  # seconds: after half as many again the broker tells that we are gone
SLOWEST_RETRY = 10  # seconds between two attempts; they begin with one
GOODBYE = 0.4  # seconds that the broker may take to see us off


class Delivery:
    """The newest message of every topic, brought to the broker whenever one is there.

    A topic has one slot, so nothing piles up while the broker is away or slow; when it is back all
    that are newest are sent again. State changes are remarked on standard error, once each.
    """

    def __init__(self, broker: Broker, will: str, farewell: str) -> None:
        """`farewell` is what the broker shall tell on the topic `will` when this process is gone."""
        self._broker, self._will = broker, will
        self._newest: dict[str, tuple[str, bool]] = {}  # topic → payload, retained or not
        self._unsent: dict[str, None] = {}  # topics, in order
        self._on_way: dict[int, str] = {}  # paho's number of a message → topic
        self._moved = threading.Condition()  # guards the three above
        self._told: set[str] = set()  # troubles, since there was a connection
        self._connected = self._closing = False
        self._gone = threading.Event()
        self._client = self._connect(will, farewell)

    def publish(self, topic: str, payload: str, *, retain: bool = True) -> None:
        """Sends the payload as soon as it can be sent, unless it is what was published last."""
        with self._moved:
            if self._newest.get(topic) != (payload, retain):
                self._newest[topic] = payload, retain
                self._unsent[topic] = None
                self._send()

    def close(self, patience: float) -> str:
        """Waits so many seconds for what is unsent, and leaves. "" if all was sent, else the reason."""
        with self._moved:
            sent = self._moved.wait_for(lambda: not self._unsent and not self._on_way, patience)
            self._closing = True
        reason = "" if sent else "; ".join(sorted(self._told)) or "no answer"
        connected = self._connected
        self._client.disconnect()  # paho's thread ends with it; it may hang in a connect, so nobody waits
        if connected:
            self._gone.wait(GOODBYE)
        return reason

    def _connect(self, will: str, farewell: str) -> Client:
        client = Client(CallbackAPIVersion.VERSION2, client_id=f"edge-digits-{secrets.token_hex(4)}")
        if self._broker.tls:
            client.tls_set_context(ssl.create_default_context())
        if self._broker.user is not None:
            client.username_pw_set(self._broker.user, self._broker.password)
        client.will_set(will, farewell, qos=1, retain=True)
        client.reconnect_delay_set(1, SLOWEST_RETRY)
        client.on_connect, client.on_connect_fail = self._answered, self._failed
        client.on_disconnect, client.on_publish = self._lost, self._sent
        client.connect_async(self._broker.host, self._broker.port, KEEPALIVE)
        client.loop_start()
        return client

    def _send(self) -> None:
        """Hands over what is unsent, but no topic's next message before its last is out."""
        if not self._connected:
            return
        for topic in [topic for topic in self._unsent if topic not in self._on_way.values()]:
            payload, retain = self._newest[topic]
            # QoS 0: what a broken connection swallows is sent again on the next one anyway.
            message = self._client.publish(topic, payload, retain=retain)
            if message.rc == MQTTErrorCode.MQTT_ERR_SUCCESS:
                self._on_way[message.mid] = topic
                del self._unsent[topic]

    # What paho's thread calls.

    def _answered(
        self, _: Client, __: Any, ___: ConnectFlags, answer: ReasonCode, ____: Properties | None
    ) -> None:
        if answer.is_failure:
            user = f" user {self._broker.user!r}" if self._broker.user else " us without a user"
            self._trouble(f"refuses{user} ({answer}); check user and password")
            return
        with self._moved:
            self._connected = True
            # Whether we are there comes last: until then the broker may hold an old value.
            self._unsent = dict.fromkeys(sorted(self._newest, key=lambda topic: topic == self._will))
            self._on_way.clear()
            self._send()
        self._told.clear()
        self._remark("connected")

    def _failed(self, _: Client, __: Any) -> None:
        error = sys.exception()  # paho calls from where it caught it
        reason = getattr(error, "strerror", None) or error or "no answer"
        self._trouble(f"can't be reached ({reason})")

    def _lost(
        self, _: Client, __: Any, ___: DisconnectFlags, ____: ReasonCode, _____: Properties | None
    ) -> None:
        with self._moved:
            was, self._connected = self._connected, False
            self._unsent |= dict.fromkeys(self._on_way.values())
            self._on_way.clear()
        self._gone.set()
        if was:
            self._trouble("connection lost")

    def _sent(self, _: Client, __: Any, number: int, ___: ReasonCode, ____: Properties | None) -> None:
        with self._moved:
            self._on_way.pop(number, None)
            self._send()
            self._moved.notify_all()

    def _trouble(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self._remark(f"{text}; reading goes on, asking again")

    def _remark(self, text: str) -> None:
        if not self._closing:
            remark(f"{self._broker}: {text}")
