"""Folders of annotated and explaining pictures, none written over another source's."""

from dataclasses import dataclass, field
from pathlib import Path

from digits_edge.card import Card
from digits_edge.errors import OutputError
from digits_edge.files import is_there, output_folder, write_whole
from digits_edge.frame import Away, Frame, Pixels, Unreadable
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
            self._folder.save(self._folder.claim(steps.frame), annotated(steps), steps.frame.source)

    def refuse(self, failure: Unreadable | Away) -> None:
        """Nothing: there is no picture to draw in."""


class Explained:
    """Saves a folder of pictures for every picture, one a step."""

    def __init__(self, folder: Path, card: Card) -> None:
        self._folder, self._card = PictureFolder(folder), card

    def write(self, steps: Steps, *, changed: bool) -> None:
        if changed:
            stem = self._folder.claim(steps.frame)
            for name, picture in explained(steps, self._card):
                self._folder.save(f"{stem}/{name}", picture, steps.frame.source)

    def refuse(self, failure: Unreadable | Away) -> None:
        """Nothing: no step was taken."""


@dataclass(slots=True)
class PictureFolder:
    folder: Path
    _claimed: dict[str, tuple[str, int]] = field(default_factory=dict)  # stem → source and frame

    def __post_init__(self) -> None:
        output_folder(self.folder)  # an unusable one shows before the reading starts

    def claim(self, frame: Frame) -> str:
        """A file name for the frame: its source's and number, numbered again where another has it."""
        wished = "stdin" if frame.source == "-" else Path(frame.source.rstrip("/")).stem or "frame"
        if frame.index:
            wished = f"{wished}-{frame.index:06d}"
        stem, number, owner = wished, 1, (frame.source, frame.index)
        while self._claimed.setdefault(stem, owner) != owner:
            number += 1
            stem = f"{wished}-{number}"
        return stem

    def save(self, name: str, picture: Pixels, source: str) -> None:
        """`picture` as name.png. Raises OutputError, also where that is the picture's own `source`."""
        path = self.folder / f"{name}.png"
        if is_there(path) and is_there(source) and path.samefile(source):
            raise OutputError(f"{path}: is the image that was read; choose another folder for pictures")
        output_folder(path.parent)
        write_whole(path, cv2.imencode(".png", picture)[1].tobytes())
