import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from digits_edge.frame import Frame, Unreadable
from digits_edge.opencv import cv2
from digits_edge.sources.named import frames_of, frames_of_camera
from drawn import ink_of, on_paper

Save = Callable[..., Path]


def names(items: list[Frame | Unreadable]) -> list[str]:
    return [Path(item.source).name for item in items]


def only_error(name: str) -> str:
    (item,) = frames_of(name)
    assert isinstance(item, Unreadable)
    assert "\n" not in item.error
    return item.error


def test_a_folder_gives_its_images_by_name_and_those_below(saved: Save, tmp_path: Path) -> None:
    for name in ("b.png", "a.jpg", "sub/c.png", ".hidden.png"):
        saved("1", name)
    (tmp_path / "notes.txt").write_text("none")
    assert names(list(frames_of(str(tmp_path)))) == ["a.jpg", "b.png", "c.png"]


def test_a_pattern_gives_what_it_matches(saved: Save, tmp_path: Path) -> None:
    for name in ("b.png", "a.png", "c.jpg"):
        saved("1", name)
    assert names(list(frames_of(str(tmp_path / "*.png")))) == ["a.png", "b.png"]


def test_a_name_with_brackets_is_a_file_before_it_is_a_pattern(saved: Save) -> None:
    path = saved("1", "page[1].png")
    assert names(list(frames_of(str(path)))) == ["page[1].png"]


def test_a_source_keeps_the_name_it_was_given(saved: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved("1")
    monkeypatch.chdir(path.parent)
    assert next(frames_of("./page.png")).source == "./page.png"


def test_a_video_gives_its_frames_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "clip.avi"
    page = cv2.cvtColor(on_paper(ink_of("42")), cv2.COLOR_GRAY2BGR)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 5, page.shape[1::-1])
    for _ in range(4):
        writer.write(page)
    writer.release()
    frames = list(frames_of(str(path)))
    assert all(isinstance(frame, Frame) for frame in frames)
    assert [frame.index for frame in frames] == [0, 1, 2, 3]
    renamed = path.rename(tmp_path / "clip")  # known by its first bytes, too
    assert len(list(frames_of(str(renamed)))) == 4
    monkeypatch.chdir(tmp_path)
    renamed.rename(tmp_path / "12:30.avi")  # which FFmpeg alone would take for a protocol
    assert len(list(frames_of("12:30.avi"))) == 4


BAD = {
    "missing": (lambda folder: folder / "none.png", "No such file"),
    "empty": (lambda folder: _written(folder / "a.png", b""), "an empty file"),
    "mislabelled": (lambda folder: _written(folder / "a.png", b"plain text"), "no image known"),
    "broken video": (
        lambda folder: _written(folder / "a.mp4", b"\0\0\0\x18ftypmp42" + bytes(50)),
        "no video frame",
    ),
    "missing video": (lambda folder: folder / "none.mp4", "No such file"),
    "video whose name isn't UTF-8": (lambda folder: _written(folder / "\udcff.mp4", b""), "isn't UTF-8"),
    "name too long": (lambda folder: folder / ("n" * 300), "File name too long"),
    "folder without images": (lambda folder: folder, "a folder without images"),
    "pattern without match": (lambda folder: folder / "*.png", "nothing has a name like this"),
    "stream whose name isn't UTF-8": (lambda _: "rtsp://127.0.0.1:9/\udcff", "isn't UTF-8"),
    "stream without server": (lambda _: "http://127.0.0.1:9/stream", "no stream answers"),
}


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("name", "message"), BAD.values(), ids=BAD.keys())
def test_a_bad_source_is_one_line(tmp_path: Path, name: Callable[[Path], Path], message: str) -> None:
    assert message in only_error(str(name(tmp_path)))


def test_one_bad_image_does_not_stop_the_others(saved: Save, tmp_path: Path) -> None:
    saved("1", "a.png")
    (tmp_path / "b.png").write_bytes(b"\x89PNG broken")
    saved("1", "c.png")
    kinds = [type(item) for item in frames_of(str(tmp_path))]
    assert kinds == [Frame, Unreadable, Frame]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into any folder")
def test_a_folder_that_may_not_be_looked_into_is_one_line(saved: Save, tmp_path: Path) -> None:
    saved("1", "a.png")
    closed = saved("1", "closed/b.png").parent
    closed.chmod(0)
    try:
        found = [
            type(item) for name in (tmp_path, closed / "b.png", tmp_path) for item in frames_of(str(name))
        ]
    finally:
        closed.chmod(0o700)
    assert found == [Unreadable, Frame, Unreadable, Unreadable, Frame]


@pytest.mark.parametrize("camera", ["97", "/dev/video97", "/dev/null"])
def test_a_camera_that_isn_t_there_is_one_line(camera: str) -> None:
    (item,) = frames_of_camera(camera)
    assert isinstance(item, Unreadable)
    assert "/dev/" in item.error
    assert "\n" not in item.error


def test_a_frame_knows_its_size() -> None:
    frame = Frame(np.zeros((20, 30, 3), np.uint8), "a")
    assert (frame.width, frame.height) == (30, 20)
