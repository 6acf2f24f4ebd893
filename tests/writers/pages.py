"""What an independent reader finds in a page: its elements, its facts and its pictures."""

import base64
import json
import zlib
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np

FILM = """
surface: sphere
optimizers: [{name: momentum, learning_rate: 0.1}]
steps: 20
sweep: {optimizers.momentum.momentum: [0, 0.5, 0.9], as: film}
timing: {seconds: 1.2, fps: 10, hold: 0}
style: {size: [320, 240]}
"""
"""A scene with a film of three values."""


@dataclass
class Element:
    """An element with its attributes and all text in it."""

    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page:
    """A page as an HTML parser sees it."""

    elements: list[Element] = field(default_factory=list)

    def all(self, name: str) -> list[Element]:
        return [each for each in self.elements if each.name == name]

    def part(self, place: str) -> Element:
        (found,) = [each for each in self.elements if each.attributes.get("id") == place]
        return found

    @property
    def facts(self) -> dict[str, Any]:
        return json.loads(self.part("animate-facts").text)

    @property
    def numbers(self) -> dict[str, Any]:
        return json.loads(zlib.decompress(unpacked(self.part("animate-numbers").text)))

    @property
    def segments(self) -> list[bytes]:
        """The bytes of each segment of pictures."""
        found = [e for e in self.all("script") if e.attributes.get("class") == "animate-frames"]
        return [zlib.decompress(unpacked(each.text)) for each in found]

    def pictures(self) -> np.ndarray:
        """[frame, height, width, 3] uint8."""
        facts = self.facts
        palette = np.frombuffer(bytes.fromhex(facts["palette"]), np.uint8).reshape(-1, 3)
        size = facts["width"], facts["height"]
        return palette[np.concatenate([decoded(each, *size) for each in self.segments])]


class _Reader(HTMLParser):
    VOID = ("meta", "link", "input")

    def __init__(self) -> None:
        super().__init__()
        self.page, self.open = Page(), list[Element]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(Element(tag, {k: v or "" for k, v in attrs}))
        if tag not in self.VOID:
            self.open.append(self.page.elements[-1])

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().name != tag:
            pass

    def handle_data(self, data: str) -> None:
        for each in self.open:
            each.text += data


def page_of(text: str) -> Page:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


def read_page(path: Path) -> Page:
    return page_of(path.read_text(encoding="utf-8"))


def unpacked(text: str) -> bytes:
    """The bytes of a text in the page's base 85."""
    return base64.b85decode(text.translate(str.maketrans("./,", "<>&")))


def decoded(data: bytes, width: int, height: int) -> np.ndarray:
    """[picture, height, width] uint8: the pictures of a segment, pixel by pixel."""
    count, signs, colours = np.frombuffer(data[:12], "<u4").tolist()
    at = 12 + width * height
    picture = np.frombuffer(data[12:at], np.uint8).reshape(height, width).copy()
    across, down = -(-width // 16), -(-height // 16)
    row = -(-(count - 1) // 8)
    table = np.frombuffer(data[at : at + across * down * row], np.uint8)
    bits = np.unpackbits(table.reshape(across * down, row), axis=1)
    at += across * down * row
    codes, inks = data[at : at + signs], data[at + signs :]
    assert len(inks) == colours
    changes: dict[int, list[tuple[int, int, list[int], list[int]]]] = {}
    sign = ink = 0
    for tile in range(across * down):
        for k in range(1, count):
            if bits[tile, k - 1]:
                block = list(codes[sign : sign + 256])
                used = block.count(1)
                place = tile // across * 16, tile % across * 16
                changes.setdefault(k, []).append((*place, block, list(inks[ink : ink + used])))
                sign, ink = sign + 256, ink + used
    assert (sign, ink) == (signs, colours)
    before, made = picture.copy(), [picture.copy()]
    for k in range(1, count):
        for top, left, block, new in changes.get(k, []):
            for i, code in enumerate(block):
                y, x = top + i // 16, left + i % 16
                if code:
                    old = picture[y, x]
                    picture[y, x] = new.pop(0) if code == 1 else before[y, x]
                    before[y, x] = old
        made.append(picture.copy())
    return np.array(made)
