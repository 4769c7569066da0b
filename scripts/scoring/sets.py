"""Labelled folders, and the layout that each shows by what it holds."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from digits_edge.errors import InputError
from digits_edge.sources.images import SUFFIXES

Layout = Literal["singles", "pages", "negatives"]


@dataclass(frozen=True, slots=True)
class LabelledSet:
    name: str
    layout: Layout
    expected: dict[Path, str]  # image → its digits, no spaces


def find_sets(folder: Path, name: str = "") -> list[LabelledSet]:
    """The labelled sets in `folder`, which may be one itself. Raises InputError where there is none."""
    name = name or folder.resolve().name
    try:
        within = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise InputError(
            f"{folder}: can't be listed ({error.strerror}); name a folder of labelled images"
        ) from error
    labels = folder / "labels.json"
    if labels in within:
        return [LabelledSet(name, "pages", _page_labels(labels))]
    digits = [path for path in within if path.is_dir() and path.name in set("0123456789")]
    if digits:
        singles = {image: label.name for label in digits for image in _images(label.iterdir())}
        return [LabelledSet(name, "singles", singles)]
    images = _images(within)
    if images:
        return [LabelledSet(name, "negatives", dict.fromkeys(images, ""))]
    sets = []
    for path in filter(Path.is_dir, within):
        try:
            sets += find_sets(path, f"{name}/{path.name}")
        except InputError:  # a folder of something else
            continue
    if not sets:
        raise InputError(f"{folder}: no labels.json, no folders 0 to 9 and no images; name a labelled folder")
    return sets


def _images(paths: Iterable[Path]) -> list[Path]:
    return sorted(path for path in paths if path.suffix.lower() in SUFFIXES and path.is_file())


def _page_labels(labels: Path) -> dict[Path, str]:
    try:
        pages = json.loads(labels.read_text(encoding="utf-8"))
        return {labels.parent / file: "".join(page["digits"].split()) for file, page in sorted(pages.items())}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(
            f'{labels}: wanted {{"FILE": {{"digits": "…"}}}}, found something else ({error})'
        ) from error
