"""The scene inside the file: every format carries a short text, and gives it back exactly.

The text begins with a line `animate VERSION`; then may come `description: …` and `settings: …`,
each as JSON on one line; after an empty line follows the scene, character by character. Nothing
else goes in: no name of a user, no path, no time.
"""

import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from xml.etree import ElementTree

from animate import __version__
from animate._lazy import lazy
from animate.errors import UsageError
from animate.figure.clip import Clip
from animate.files import Unreadable, check
from animate.writers.vector import NAMESPACE, pdf_texts, svg_texts, xml_text

if TYPE_CHECKING:
    import av
    import av.error
else:
    av = lazy("av")

_MARK = "animate "
_LARGEST_FILE = 1 << 40
_LARGEST = 16_000_000  # bytes of text; a scene is some kilobytes, and files come from strangers


@dataclass(frozen=True)
class Source:
    """What a file says about its making: the scene's text and the program's version."""

    text: str
    version: str
    settings: Mapping[str, object] = field(default_factory=dict[str, object])
    description: str = ""


def embedded(clip: Clip) -> str:
    """The text that a file of `clip` carries inside it; empty where there is no source."""
    if clip.source is None:
        return ""
    head = [f"{_MARK}{__version__}"]
    if clip.description:
        head.append(f"description: {json.dumps(clip.description, ensure_ascii=False)}")
    if clip.settings:
        head.append(f"settings: {json.dumps(clip.settings, ensure_ascii=False, sort_keys=True)}")
    return "\n".join([*head, "", clip.source])


def read_source(path: Path) -> Source:
    """The source that the file at `path` carries.

    Raises UsageError when the file cannot be read, is of no known format, or carries none.
    """
    try:
        check(path, most=_LARGEST_FILE)
    except Unreadable as error:
        raise UsageError(f"{path}: {error}") from None
    try:
        with path.open("rb") as file:
            texts = _texts(path, file)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except UsageError:
        raise
    except (struct.error, ValueError, IndexError, ElementTree.ParseError, zlib.error) as error:
        raise UsageError(f"{path}: is damaged, so its scene cannot be read") from error
    for text in texts:
        if text.startswith(_MARK):
            return _parsed(text, path)
    raise UsageError(f"{path}: carries no scene; it was made with --no-source or by another tool")


def _parsed(text: str, path: Path) -> Source:
    head, _, body = text.partition("\n\n")
    first, *rest = head.split("\n")
    try:
        facts = {key: json.loads(value) for key, _, value in (ln.partition(": ") for ln in rest)}
    except json.JSONDecodeError as error:
        raise UsageError(f"{path}: is damaged, so its scene cannot be read") from error
    return Source(
        text=body,
        version=first.removeprefix(_MARK),
        settings=facts.get("settings", {}),
        description=facts.get("description", ""),
    )


def _texts(path: Path, file: BinaryIO) -> list[str]:
    """Every comment of the file, by the format that its first bytes tell."""
    start = file.read(12)
    file.seek(0)
    if start.startswith(b"GIF8"):
        return list(_gif_comments(file))
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return list(_png_texts(file))
    if start.startswith(b"RIFF") and start[8:] == b"WEBP":
        return list(_webp_texts(file))
    if start.startswith((b"<?xml", b"<svg")):
        return list(svg_texts(file))
    if start.startswith(b"%PDF-"):
        return list(pdf_texts(file))
    if start[4:8] == b"ftyp" or start.startswith(b"\x1aE\xdf\xa3"):
        return _video_comments(path)
    raise UsageError(f"{path}: is no GIF, PNG, APNG, WebP, MP4, WebM, SVG or PDF file")


def png_text(text: str) -> bytes:
    """The body of an iTXt chunk (PNG specification, 11.3.3.4): keyword, plain, no language."""
    return b"Comment\0\0\0\0\0" + text.encode()


def xmp_packet(text: str) -> bytes:
    """An XMP packet that holds `text` in one element of our own."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:animate="{NAMESPACE}">'
        f"<animate:source>{xml_text(text)}</animate:source>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def _gif_comments(file: BinaryIO) -> Iterator[str]:
    """Comment extensions of a GIF (GIF89a specification, 24), wherever they stand."""
    flags = _taken(file, 13)[10]
    _skip_table(file, flags)
    while (kind := file.read(1)) not in (b";", b""):
        if kind == b"!":
            label = file.read(1)
            data = _sub_blocks(file)
            if label == b"\xfe":
                yield data.decode()
        elif kind == b",":
            _skip_table(file, _taken(file, 9)[8])
            file.read(1)
            _sub_blocks(file)
        else:
            raise struct.error("no block begins so")


def _skip_table(file: BinaryIO, flags: int) -> None:
    if flags & 0x80:
        file.seek(3 << ((flags & 7) + 1), 1)


def _sub_blocks(file: BinaryIO) -> bytes:
    blocks = []
    while length := _taken(file, 1)[0]:
        blocks.append(_taken(file, length))
    return b"".join(blocks)


def _taken(file: BinaryIO, count: int) -> bytes:
    data = file.read(count) if count <= _LARGEST else b""
    if len(data) != count:
        raise struct.error("the file ends too early")
    return data


def _png_texts(file: BinaryIO) -> Iterator[str]:
    file.seek(8)
    while header := file.read(8):
        length, kind = struct.unpack(">I4s", header)
        if kind == b"iTXt":
            keyword, _, rest = _taken(file, length).partition(b"\0")
            _language, _translated, text = rest[2:].split(b"\0", 2)
            if keyword == b"Comment":
                yield (_inflated(text) if rest[0] else text).decode()
            file.seek(4, 1)
        else:
            file.seek(length + 4, 1)


def _inflated(data: bytes) -> bytes:
    """Other programs compress the text when they rewrite a PNG."""
    inflate = zlib.decompressobj()
    text = inflate.decompress(data, _LARGEST)
    if not inflate.eof:
        raise zlib.error("too long")
    return text


def _webp_texts(file: BinaryIO) -> Iterator[str]:
    file.seek(12)
    while header := file.read(8):
        kind, length = struct.unpack("<4sI", header)
        if kind == b"XMP ":
            packet = _taken(file, length)
            if b"<!DOCTYPE" in packet:  # no XMP has one, and its entities can fill the memory
                raise ElementTree.ParseError("an XMP packet declares no entities")
            tree = ElementTree.fromstring(packet.decode())
            yield from (e.text or "" for e in tree.iter(f"{{{NAMESPACE}}}source"))
            file.seek(length & 1, 1)
        else:
            file.seek(length + (length & 1), 1)


def _video_comments(path: Path) -> list[str]:
    try:
        with av.open(str(path)) as container:
            return [v for key, v in container.metadata.items() if key.lower() == "comment"]
    except av.error.FFmpegError as error:
        raise UsageError(f"{path}: is damaged, so its scene cannot be read") from error
