"""Folders of annotated and explaining pictures, none written over another source's."""

from dataclasses import dataclass, field
from pathlib import Path

from digits_edge.files import output_folder, write_whole
from digits_edge.frame import Frame, Pixels, Unreadable
from digits_edge.opencv import cv2
from digits_edge.outputs.drawing import annotated
from digits_edge.outputs.explaining import explained
from digits_edge.reader import Steps


class Annotated:
    """Saves every picture with its readings drawn in; of videos and cameras those that changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = PictureFolder(folder)

    def write(self, steps: Steps, *, changed: bool) -> None:
        if changed:
            self._folder.save(self._folder.stem(steps.frame), annotated(steps))

    def refuse(self, failure: Unreadable) -> None:
        """Nothing: there is no picture to draw in."""


class Explained:
    """Saves a folder of pictures for every picture, one a step."""

    def __init__(self, folder: Path, labels: tuple[str, ...]) -> None:
        self._folder, self._labels = PictureFolder(folder), labels

    def write(self, steps: Steps, *, changed: bool) -> None:
        if changed:
            stem = self._folder.stem(steps.frame)
            for name, picture in explained(steps, self._labels):
                self._folder.save(f"{stem}/{name}", picture)

    def refuse(self, failure: Unreadable) -> None:
        """Nothing: no step was taken."""


@dataclass(slots=True)
class PictureFolder:
    folder: Path
    _sources: dict[str, str] = field(default_factory=dict)  # stem → the source that has it

    def __post_init__(self) -> None:
        output_folder(self.folder)  # an unusable one shows before the reading starts

    def stem(self, frame: Frame) -> str:
        """A file name for the frame: its source's, numbered where two sources share it."""
        wished = "stdin" if frame.source == "-" else Path(frame.source.rstrip("/")).stem or "frame"
        stem, number = wished, 1
        while self._sources.setdefault(stem, frame.source) != frame.source:
            number += 1
            stem = f"{wished}-{number}"
        return f"{stem}-{frame.index:06d}" if frame.index else stem

    def save(self, name: str, picture: Pixels) -> Path:
        """`picture` as name.png. Raises OutputError."""
        path = self.folder / f"{name}.png"
        output_folder(path.parent)
        write_whole(path, cv2.imencode(".png", picture)[1].tobytes())
        return path
