"""SVG and PDF: one frame as vectors, with its scene, and in words what it shows."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from animate.figure.player import Player

NAMESPACE = "urn:animate-optimization"
LARGEST = 500_000_000
"""Bytes of a picture that is read as a whole."""

_KEY = "AnimateSource"
_OPENING = re.compile(r"<svg\b[^>]*>")
_UTF16 = b"\xfe\xff"
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|\r\n?|(.))", re.DOTALL)
_CONTROL = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}


def write_svg(player: Player, frame: int, path: Path, source: str, description: str) -> None:
    """SVG: one frame, text and trails as vectors."""
    player.save_svg(frame, path)
    if source:
        _sign_svg(path, source, description)


def write_pdf(player: Player, frame: int, path: Path, source: str, description: str) -> None:
    """PDF: one frame, text and trails as vectors."""
    player.save_pdf(frame, path, pdf_facts(source, description))


def pdf_facts(source: str, description: str) -> Mapping[str, bytes]:
    """What a PDF carries, as entries of its document information dictionary."""
    facts = {"Subject": description, _KEY: source}
    return {key: _UTF16 + fact.encode("utf-16-be") for key, fact in facts.items() if fact}


def _sign_svg(path: Path, source: str, description: str) -> None:
    """Put into the SVG at `path` what it is to carry, as <desc> and <metadata>."""
    picture = path.read_text(encoding="utf-8")
    words = f"<desc>{xml_text(description)}</desc>\n " if description else ""
    inside = f'<animate:source xmlns:animate="{NAMESPACE}">{xml_text(source)}</animate:source>'
    opening = _OPENING.search(picture)
    assert opening is not None
    whole = (
        f"{picture[: opening.end()]}\n {words}<metadata>{inside}</metadata>"
        f"{picture[opening.end() :]}"
    )
    path.write_text(whole, encoding="utf-8")


def svg_texts(file: BinaryIO) -> Iterator[str]:
    """The sources in an SVG."""
    picture = file.read(LARGEST)
    if b"<!ENTITY" in picture:  # none of ours has one, and entities can fill the memory
        raise ElementTree.ParseError("a picture declares no entities")
    tree = ElementTree.fromstring(picture)
    yield from (each.text or "" for each in tree.iter(f"{{{NAMESPACE}}}source"))


def pdf_texts(file: BinaryIO) -> Iterator[str]:
    """The sources in a PDF's information dictionary, where that is not compressed."""
    data = file.read(LARGEST)
    for found in re.finditer(rf"/{_KEY}\s*\(".encode(), data):
        literal = re.compile(rb"(?:[^\\()]|\\.)*", re.DOTALL).match(data, found.end())
        assert literal is not None
        plain = _ESCAPED.sub(_unescaped, literal[0])
        if plain.startswith(_UTF16):
            yield plain.removeprefix(_UTF16).decode("utf-16-be")


def _unescaped(match: re.Match[bytes]) -> bytes:
    """One escape of a literal string (ISO 32000-1, 7.3.4.2)."""
    if match[1]:
        return bytes([int(match[1], 8) & 0xFF])
    return _CONTROL.get(match[2], match[2]) if match[2] else b""


def xml_text(text: str) -> str:
    """The text as it stands in XML."""
    return escape(text, {"\r": "&#13;"})  # XML readers turn a bare carriage return into a newline
