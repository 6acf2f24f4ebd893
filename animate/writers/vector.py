"""SVG and PDF: one frame as vectors, with its scene, and in words what it shows."""

import re
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from animate.figure.player import Player

NAMESPACE = "urn:animate-optimization"
PDF_KEY = "AnimateSource"
"""The entry of a PDF's document information dictionary that holds the scene."""
UTF16 = b"\xfe\xff"
"""How a text in UTF-16 begins."""

_OPENING = re.compile(r"<svg\b[^>]*>")


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
    facts = {"Subject": description, PDF_KEY: source}
    return {key: UTF16 + fact.encode("utf-16-be") for key, fact in facts.items() if fact}


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


def xml_text(text: str) -> str:
    """The text as it stands in XML."""
    return escape(text, {"\r": "&#13;"})  # XML readers turn a bare carriage return into a newline
