"""Whether a file has come to its end, or was cut off: the bounds within which files are read."""

import os
import struct
from typing import BinaryIO

LARGEST = 16_000_000
"""Bytes of one comment; a scene is some kilobytes."""


class Damaged(Exception):
    """A file that is not what its first bytes promise."""


def taken(file: BinaryIO, count: int) -> bytes:
    """The next `count` bytes. Raises Damaged where there are fewer, or these are too many."""
    data = file.read(count) if count <= LARGEST else b""
    if len(data) != count:
        raise Damaged
    return data


def check_reaches(file: BinaryIO, end: int) -> None:
    """Whether the file has `end` bytes or more. Raises Damaged."""
    if file.seek(0, os.SEEK_END) < end:
        raise Damaged


def check_boxes(file: BinaryIO) -> None:
    """Whether an MP4's boxes (ISO 14496-12, 4.2), the movie's own among them, end with the file.

    Raises Damaged.
    """
    end, kinds = 0, set[bytes]()
    size = file.seek(0, os.SEEK_END)
    while end < size:
        file.seek(end)
        length, kind = struct.unpack(">I4s", taken(file, 8))
        if length == 1:
            (length,) = struct.unpack(">Q", taken(file, 8))
        kinds.add(kind)
        end = size if length == 0 else end + max(length, 8)
    check_reaches(file, end)
    if b"moov" not in kinds:
        raise Damaged


def check_segment(file: BinaryIO) -> None:
    """Whether the segment of a Matroska file (RFC 8794, 4 and 5) ends with it. Raises Damaged."""
    file.seek(4)
    file.seek(_ebml_size(file) or 0, os.SEEK_CUR)
    if taken(file, 4) != b"\x18S\x80g":
        raise Damaged
    length = _ebml_size(file)
    check_reaches(file, file.tell() + (length or 0))


def _ebml_size(file: BinaryIO) -> int | None:
    """The number that stands there, in 1 to 8 bytes; None: it is not known."""
    first = taken(file, 1)[0]
    width = 9 - first.bit_length()
    if width > 8:
        raise Damaged
    unknown = (1 << 7 * width) - 1
    number = int.from_bytes(bytes([first]) + taken(file, width - 1)) & unknown
    return None if number == unknown else number
