"""The edge-digits command: reads handwritten numbers from images and cameras."""

import gc
import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from digits_edge.command import FiniteRange, needs
from digits_edge.options import DigitCount, GroupedCommand, GroupedOption, digit_count, region, resolution
from digits_edge.reading import Box
from digits_edge.runtimes import RUNTIMES

if TYPE_CHECKING:
    from digits_edge.broker import Broker
    from digits_edge.orientation import TurnedReader
    from digits_edge.reader import Reader

FC = TypeVar("FC", bound=Callable[..., Any])


def option(group: str, *names: str, **attributes: Any) -> Callable[[FC], FC]:
    return click.option(*names, cls=GroupedOption, group=group, **attributes)


@click.command(
    cls=GroupedCommand,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.argument("sources", metavar="SOURCE...", nargs=-1)
@option(
    "Sources",
    "--camera",
    metavar="CAMERA",
    help="Read from a camera: number, device, name, csi, rtsp://…, http://… or album:FOLDER.",
)
@option("Sources", "--list-cameras", is_flag=True, help="Print the cameras that are there, and stop.")
@option(
    "Sources",
    "--resolution",
    type=resolution,
    metavar="WIDTHxHEIGHT",
    help="Ask the camera for this size. [default: 1280x720]",
)
@option(
    "Sources",
    "--fps",
    type=FiniteRange(0.1, 1000),
    metavar="N",
    help="Ask the camera for this many frames a second. [default: its own]",
)
@option(
    "Sources",
    "--roi",
    type=region,
    metavar="X,Y,WIDTH,HEIGHT",
    help="Read only this part of every picture, in its pixels.",
)
@option(
    "Reading",
    "--model",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A .tflite file made by convert-digits. [default: the shipped model]",
)
@option(
    "Reading",
    "--runtime",
    type=click.Choice(RUNTIMES),
    help="The interpreter to run it on. [default: the first of them installed]",
)
@option(
    "Reading",
    "--threads",
    metavar="N",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Threads of the interpreter; more help only where cores are idle.",
)
@option(
    "Reading",
    "--min-confidence",
    metavar="SHARE",
    type=FiniteRange(0, 1),
    help="Reject digits less sure than this, 0 to 1. [default: the model's own]",
)
@option(
    "Reading",
    "--expect-digits",
    type=digit_count,
    metavar="N|A-B",
    help="How many digits every number has: 5, or 4-6. Anything else ends with exit code 3.",
)
@option(
    "Reading",
    "--orientation",
    type=click.Choice(["0", "90", "180", "270", "auto"]),
    default="0",
    show_default=True,
    help="Turn every picture clockwise by so many degrees; auto: where it clearly reads better so.",
)
@option(
    "Reading",
    "--once",
    is_flag=True,
    help="Wait until everything a camera shows is stable, report that, and end.",
)
@option(
    "Reading",
    "--timeout",
    metavar="SECONDS",
    type=FiniteRange(0, 86400, min_open=True),
    help="With --once: end with exit code 3 when nothing was stable by then. [default: wait]",
)
@option("Output", "--json", "as_json", is_flag=True, help="Print one JSON line for every image or frame.")
@option(
    "Output",
    "--changes-only",
    is_flag=True,
    help="With --json: of a camera or video only the lines where a number changed.",
)
@option(
    "Output",
    "--annotate",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Save every picture with its readings drawn in.",
)
@option(
    "Output",
    "--explain",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Save every step as a picture, down to the glyphs the network saw.",
)
@option(
    "Appliance",
    "--mqtt",
    metavar="URL",
    help="Publish readings to a broker: mqtt://USER@HOST:PORT/TOPIC, or mqtts://.",
)
@option(
    "Appliance",
    "--mqtt-password-file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Its password. [default: the one in the URL, or in EDGE_DIGITS_MQTT_PASSWORD]",
)
@option(
    "Appliance",
    "--home-assistant",
    is_flag=True,
    help="With --mqtt: make the readings appear in Home Assistant by themselves.",
)
@option(
    "Appliance",
    "--doctor",
    is_flag=True,
    help="Look at what could keep it from reading here, and say what to do. Reads nothing.",
)
@click.version_option(package_name="edge-digits")
def main(
    sources: tuple[str, ...],
    camera: str | None,
    list_cameras: bool,
    resolution: tuple[int, int] | None,
    fps: float | None,
    roi: Box | None,
    model: Path | None,
    runtime: str | None,
    threads: int,
    min_confidence: float | None,
    expect_digits: DigitCount | None,
    orientation: str,
    once: bool,
    timeout: float | None,
    as_json: bool,
    changes_only: bool,
    annotate: Path | None,
    explain: Path | None,
    mqtt: str | None,
    mqtt_password_file: Path | None,
    home_assistant: bool,
    doctor: bool,
) -> None:
    """Read handwritten numbers, and say how sure each is.

    SOURCE is an image, a folder of images, a pattern such as 'scans/*.png', a video, a stream
    address (rtsp://…, http://…), or - for an image on standard input.

    \b
      edge-digits page.jpg
      edge-digits --camera 0 --json
      edge-digits scans/ --expect-digits 5 --annotate checked/

    Exit codes: 0 every source was read; 3 some image held no number, or not what --expect-digits
    asks, or nothing was stable in --timeout; 1 a source, the model, the camera or an output could
    not be used; 2 wrong usage; 130 after Ctrl-C.
    """  # noqa: D301  (click's mark for lines that stay as they are)
    if doctor:
        from digits_edge.doctor.examination import examine, tell

        folders = tuple(folder for folder in (annotate, explain) if folder)
        sys.exit(tell(examine(model, runtime, threads, camera, folders), as_json=as_json))
    if list_cameras:
        from digits_edge.outputs.listing import print_cameras

        print_cameras(as_json=as_json)
        return
    if not sources and camera is None:
        raise click.UsageError("Nothing to read; name an image, or --camera 0.")
    if timeout is not None and not once:
        raise click.UsageError("--timeout is how long --once may take; give both.")
    if mqtt is None and (home_assistant or mqtt_password_file):
        raise click.UsageError("--home-assistant and --mqtt-password-file need --mqtt.")
    broker = None if mqtt is None else broker_of(mqtt, mqtt_password_file)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # through every finally: cameras are released

    # Here and not above: --help and usage errors shouldn't wait for numpy and OpenCV. Until they are
    # loaded Ctrl-C just ends the process: C extensions would turn it into an ImportError.
    interrupted = signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()  # they make many objects and no garbage: looking for it is a twentieth of the start
    from digits_edge.classifier import Classifier
    from digits_edge.models import default_model
    from digits_edge.outputs.printing import remark
    from digits_edge.reader import Reader
    from digits_edge.run import UNMET, Output, read_all
    from digits_edge.sources.named import all_frames, are_several

    gc.enable()
    signal.signal(signal.SIGINT, interrupted)
    chosen = model or default_model()
    classifier = Classifier(chosen, runtime, threads)
    remark(f"Reading with {chosen} on {classifier.runtime}.")
    outputs: list[Output] = []
    if as_json:
        from digits_edge.outputs.json_lines import JsonLines

        outputs.append(JsonLines(changes_only=changes_only))
    else:
        from digits_edge.outputs.text import Text

        outputs.append(Text(named=are_several(sources, camera)))
    if annotate or explain:
        from digits_edge.outputs.pictures import Annotated, Explained

        outputs += [Annotated(annotate)] if annotate else []
        outputs += [Explained(explain, classifier.card)] if explain else []
    if "NOTIFY_SOCKET" in os.environ:  # systemd started this, and wants to hear of it
        from digits_edge.outputs.watchdog import Watchdog

        outputs.append(watchdog := Watchdog(os.environ["NOTIFY_SOCKET"]))
        click.get_current_context().call_on_close(watchdog.stop)
    wish = None
    if resolution or fps:
        from digits_edge.sources.camera import Wish

        wish = Wish(*(resolution or Wish()[:2]), fps)
    with ExitStack() as opened:
        if broker:
            with needs("mqtt"):
                from digits_edge.outputs.mqtt import Mqtt

            outputs.append(opened.enter_context(Mqtt(broker, expect_digits, home_assistant=home_assistant)))
        if timeout is not None:

            def too_late(*_: object) -> None:
                remark(f"Nothing was stable within {timeout:g} s.")
                sys.exit(UNMET)

            signal.signal(signal.SIGALRM, too_late)
            signal.setitimer(signal.ITIMER_REAL, timeout)
        items = opened.enter_context(closing(all_frames(sources, camera, wish)))  # a camera is released
        reader = turned(Reader(classifier, roi, min_confidence), orientation)
        code = read_all(items, reader, outputs, expect_digits, once=once)
        signal.setitimer(signal.ITIMER_REAL, 0)
    sys.exit(code)


def turned(reader: "Reader", orientation: str) -> "Reader | TurnedReader":
    """The reader, or one that turns the pictures first."""
    if orientation == "0":
        return reader
    from digits_edge.orientation import TurnedReader
    from digits_edge.outputs.printing import remark

    return TurnedReader(reader, None if orientation == "auto" else int(orientation), remark)


def broker_of(address: str, password_file: Path | None) -> "Broker":
    """The broker at an address, whose password is taken off the command line that others see."""
    from digits_edge.arguments import hide_password
    from digits_edge.broker import broker_at, password_in

    broker = broker_at(address, password_file)
    if password := password_in(address):
        hide_password(password)
    return broker
