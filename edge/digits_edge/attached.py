"""The files attached to a model file, and whether the model before them is intact.

A .keras file is a zip archive, and a .tflite file may end in one: that is how TensorFlow Lite
attaches files to a model.
"""

import io
import zipfile
import zlib

from digits_edge.errors import ModelError

BROKEN = (EOFError, NotImplementedError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error)


def read_member(model: bytes, member: str) -> bytes | None:
    """The attached file `member` of a model file's content, or None where there is none.

    Raises ModelError where it is there but damaged.
    """
    if not zipfile.is_zipfile(io.BytesIO(model)):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(model)) as archive:
            return archive.read(member) if member in archive.namelist() else None
    except BROKEN as error:
        raise ModelError(f"damaged ({error}); copy it here again") from error


def checksum(model: bytes) -> bytes:
    """What stands in the archive's comment, since interpreters crash on models with flipped bits."""
    return b"crc32 of the model %08x" % zlib.crc32(model)


def check_intact(content: bytes) -> None:
    """Raises ModelError where the model isn't the one that the files were attached to."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            start = min(member.header_offset for member in archive.infolist())
            if archive.comment == checksum(content[:start]):
                return
    except BROKEN:
        pass
    raise ModelError("damaged or incomplete; copy it here again, or make it with convert-digits")
