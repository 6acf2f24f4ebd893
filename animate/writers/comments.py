"""The comments in a finished file, of every format that carries a scene.

Files come from strangers: what is no comment is passed over rather than read, no comment is longer
than LARGEST, nothing is unpacked without that bound, and no file is opened but the one given.
"""

import html
import json
import mmap
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, BinaryIO
from xml.etree import ElementTree

from animate._lazy import lazy
from animate.writers.vector import NAMESPACE, PDF_KEY, UTF16
from animate.writers.whole import LARGEST, Damaged, check_boxes, check_reaches, check_segment, taken

if TYPE_CHECKING:
    import av
    import av.error
else:
    av = lazy("av")

_PIECE = 1 << 20
_PDF_TAIL = 1024
"""Bytes at the end of a PDF, the mark of its end among them (ISO 32000-1, H.3, note 18)."""
_PAGE, _SNIPPET = b"<!doctype ht", b"<iframe clas"
_SCRIPT = b"<script type=application/json id=animate-source>"
_SOURCE = f"{{{NAMESPACE}}}source"
_LITERAL = re.compile(rb"(?:[^\\()]++|\\.)*+", re.DOTALL)
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|\r\n?|(.))", re.DOTALL)
_CONTROL = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}


class UnknownFormat(Exception):
    """A file of none of the formats."""


def comments(file: BinaryIO) -> Iterator[str]:
    """Every comment of the file, by the format that its first bytes name, as it is found.

    Raises Damaged, at the end where the file has been cut off, and UnknownFormat.
    """
    start = file.read(12)
    file.seek(0)
    try:
        if start.startswith(b"GIF8"):
            yield from _gif(file)
        elif start.startswith(b"\x89PNG\r\n\x1a\n"):
            yield from _png(file)
        elif start.startswith(b"RIFF") and start[8:] == b"WEBP":
            yield from _webp(file)
        elif start.startswith((b"<?xml", b"<svg")):
            yield _xml(file)
        elif start in (_PAGE, _SNIPPET):
            yield from _html(file)
        elif start.startswith(b"%PDF-"):
            yield from _pdf(file)
        elif start[4:8] == b"ftyp":
            yield from _video(file, "mov")
        elif start.startswith(b"\x1aE\xdf\xa3"):
            yield from _video(file, "matroska")
        else:
            raise UnknownFormat("is no GIF, PNG, APNG, WebP, MP4, WebM, HTML, SVG or PDF file")
    except (struct.error, ValueError, LookupError, ElementTree.ParseError, zlib.error) as error:
        raise Damaged from error


def _gif(file: BinaryIO) -> Iterator[str]:
    """Comment extensions of a GIF (GIF89a specification, 24), wherever they stand."""
    _skip_table(file, taken(file, 13)[10])
    while (kind := file.read(1)) not in (b";", b""):
        if kind == b"!":
            if file.read(1) == b"\xfe":
                yield _comment(file)
            else:
                _skip_blocks(file)
        elif kind == b",":
            _skip_table(file, taken(file, 9)[8])
            file.seek(1, 1)
            _skip_blocks(file)
        else:
            raise Damaged
    if not kind:
        raise Damaged


def _skip_table(file: BinaryIO, flags: int) -> None:
    if flags & 0x80:
        file.seek(3 << ((flags & 7) + 1), 1)


def _skip_blocks(file: BinaryIO) -> None:
    while length := taken(file, 1)[0]:
        file.seek(length, 1)


def _comment(file: BinaryIO) -> str:
    data = bytearray()
    while length := taken(file, 1)[0]:
        data += taken(file, length)
        if len(data) > LARGEST:
            raise Damaged
    return data.decode()


def _png(file: BinaryIO) -> Iterator[str]:
    """Comments in the iTXt chunks of a PNG (PNG specification, 11.3.3.4)."""
    file.seek(8)
    kind = b""
    while header := file.read(8):
        length, kind = struct.unpack(">I4s", header)
        if kind == b"iTXt":
            keyword, _, rest = taken(file, length).partition(b"\0")
            _language, _translated, text = rest[2:].split(b"\0", 2)
            if keyword == b"Comment":
                yield (_inflated(text) if rest[0] else text).decode()
            length = 0
        file.seek(length + 4, 1)
    if kind != b"IEND":
        raise Damaged


def _inflated(data: bytes) -> bytes:
    """Other programs compress the text when they rewrite a PNG."""
    inflate = zlib.decompressobj()
    text = inflate.decompress(data, LARGEST)
    if not inflate.eof:
        raise Damaged
    return text


def _webp(file: BinaryIO) -> Iterator[str]:
    """Comments in the XMP packets of a WebP."""
    file.seek(12)
    while header := file.read(8):
        kind, length = struct.unpack("<4sI", header)
        if kind == b"XMP ":
            yield _source_of([taken(file, length)])
            length &= 1
        file.seek(length + (length & 1), 1)
    file.seek(4)
    check_reaches(file, 8 + struct.unpack("<I", taken(file, 4))[0])


def _xml(file: BinaryIO) -> str:
    """The source in an SVG."""
    return _source_of(iter(partial(file.read, _PIECE), b""))


def _source_of(pieces: Iterable[bytes]) -> str:
    """The text of our own elements in some XML."""
    found = _Sources()
    parser = ElementTree.XMLParser(target=found)
    for piece in pieces:
        parser.feed(piece)
    parser.close()
    return "".join(found.texts)


class _Sources:
    """What an XML parser keeps: the text of our own elements, and nothing of the rest."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._inside = False
        self._length = 0

    def start(self, tag: str, _: object) -> None:
        self._inside = tag == _SOURCE

    def end(self, _: str) -> None:
        self._inside = False

    def data(self, text: str) -> None:
        if self._inside:
            self._length += len(text)
            if self._length > LARGEST:
                raise Damaged
            self.texts.append(text)

    def close(self) -> None: ...


def _html(file: BinaryIO) -> Iterator[str]:
    """The source in a page of ours, or in a snippet, in which a quotation mark is &quot;."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        start = data.find(_SCRIPT) + len(_SCRIPT)
        if start >= len(_SCRIPT):
            end = data.find(b"</script>", start, start + LARGEST)
            text = html.unescape(data[start : max(end, start)].decode())
            if not text.startswith('"'):
                raise Damaged
            yield json.loads(text)
        if not data[-_PDF_TAIL:].rstrip().endswith((b"</html>", b"</iframe>")):
            raise Damaged


def _pdf(file: BinaryIO) -> Iterator[str]:
    """The sources in a PDF's information dictionary, where that is not compressed."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for found in re.finditer(rf"/{PDF_KEY}\s*\(".encode(), data):
            literal = _LITERAL.match(data[found.end() : found.end() + LARGEST])
            assert literal is not None
            plain = _ESCAPED.sub(_unescaped, literal[0])
            if plain.startswith(UTF16):
                yield plain.removeprefix(UTF16).decode("utf-16-be")
        if b"%%EOF" not in data[-_PDF_TAIL:]:
            raise Damaged


def _unescaped(match: re.Match[bytes]) -> bytes:
    """One escape of a literal string (ISO 32000-1, 7.3.4.2)."""
    if match[1]:
        return bytes([int(match[1], 8) & 0xFF])
    return _CONTROL.get(match[2], match[2]) if match[2] else b""


def _video(file: BinaryIO, kind: str) -> Iterator[str]:
    """Comments in a video. FFmpeg gets the open file and the format: it opens nothing by a name."""
    try:
        with av.open(file, "r", format=kind) as container:
            found = [v for key, v in container.metadata.items() if key.lower() == "comment"]
    except av.error.FFmpegError as error:
        raise Damaged from error
    yield from found
    (check_boxes if kind == "mov" else check_segment)(file)
