"""The cameras that are there, for people or as JSON lines of schema digits.camera/1."""

import json

from digits_edge.outputs.printing import one_line, print_line, remark
from digits_edge.sources.found import Found, found_cameras

SCHEMA = "digits.camera/1"


def print_cameras(*, as_json: bool) -> None:
    """A line for every camera, in the order that --camera counts."""
    there = found_cameras()
    for place, found in enumerate(there):
        print_line(_json(place, found) if as_json else one_line(f"{place}  {_words(found)}"))
    if not there:
        remark("No camera found; USB cameras show as /dev/video*, which need the group video.")


def _words(found: Found) -> str:
    sizes = " ".join(map(str, found.sizes)) or "any size"
    return f"{found.device:<12}  {found.name}  {sizes}{'  MJPG' * ('MJPG' in found.formats)}"


def _json(place: int, found: Found) -> str:
    return json.dumps(
        {
            "schema": SCHEMA,
            "position": place,
            "kind": "v4l2" if found.number is None else "csi",
            "device": found.device,
            "name": found.name,
            "bus": found.bus,
            "sizes": found.sizes,
            "formats": found.formats,
        }
    )
