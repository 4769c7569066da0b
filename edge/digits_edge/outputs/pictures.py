"""Folders of pictures, each whole or absent, none written over another source's."""

from dataclasses import dataclass, field
from pathlib import Path

from digits_edge.files import output_folder, write_whole
from digits_edge.frame import Frame, Pixels
from digits_edge.opencv import cv2


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
        write_whole(path, cv2.imencode(".png", picture)[1].tobytes())
        return path
