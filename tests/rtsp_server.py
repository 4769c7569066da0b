"""Serves a JPEG as an RTSP stream; run by the system's Python, which has GStreamer's bindings.

    python3 rtsp_server.py PAGE.jpg PORT

Prints "ready" when it listens.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

page, port = sys.argv[1:]
Gst.init(None)
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(
    f"( filesrc location={page} ! jpegdec ! videoconvert ! video/x-raw,format=I420 "
    "! imagefreeze is-live=true ! video/x-raw,framerate=15/1 ! jpegenc ! rtpjpegpay name=pay0 pt=26 )"
)
factory.set_shared(True)
server = GstRtspServer.RTSPServer(service=port, address="127.0.0.1")
server.get_mount_points().add_factory("/stream", factory)
if not server.attach(None):
    sys.exit(f"port {port} can't be listened on")
print("ready", flush=True)  # noqa: T201
GLib.MainLoop().run()
