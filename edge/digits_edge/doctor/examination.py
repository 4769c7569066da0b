"""All checks in their order, and how they are told."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from digits_edge.doctor import devices, ribbon, software
from digits_edge.doctor.check import Check, State, failed
from digits_edge.outputs.printing import one_line, print_line

SCHEMA = "digits.doctor/1"


def examine(
    model: Path | None, runtime: str | None, threads: int, camera: str | None, folders: tuple[Path, ...]
) -> Iterator[Check]:
    """A check after the other, of what a run with these options would use."""

    def of_model() -> Iterable[Check]:
        from digits_edge.doctor import speed  # loads numpy and OpenCV, which may be what is amiss

        return speed.model(model, runtime, threads)

    def of_cameras() -> Iterable[Check]:
        from digits_edge.doctor import cameras  # the same

        return cameras.cameras(camera)

    looks: dict[str, Callable[[], Check | Iterable[Check]]] = {
        "machine": software.machine,
        "interpreter": lambda: software.interpreter(runtime),
        "numpy": software.numpy,
        "OpenCV": software.opencv,
        "model": of_model,
        "camera": of_cameras,
        "ribbon": ribbon.ribbon,
        "power": devices.power,
        "disk": lambda: devices.disk(folders),
    }
    for name, look in looks.items():
        try:
            seen = look()
            yield from (seen,) if isinstance(seen, Check) else seen
        except Exception as error:  # whatever is amiss is what the doctor was asked for
            yield failed(name, error)


def tell(checks: Iterable[Check], *, as_json: bool) -> int:
    """Prints the checks, each as soon as it is made, or all as one JSON object. Returns the exit code."""
    made = []
    for check in checks:
        made.append(check)
        if not as_json:
            remedy = f"; {check.remedy}" if check.remedy else ""
            print_line(f"{check.state:<5} {check.name:<12} {one_line(check.found + remedy)}")
    bad = any(check.state is State.BAD for check in made)
    if as_json:
        rows = [{"name": c.name, "state": c.state, "found": c.found, "remedy": c.remedy} for c in made]
        print_line(json.dumps({"schema": SCHEMA, "ok": not bad, "checks": rows}))
    return int(bad)
