"""Files that were made to do harm: each is read within bounds, and gets one sentence."""

import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from animate.errors import UsageError
from animate.writers import write
from animate.writers.source import read_source, xmp_packet
from tests.writers.films import SCENE, film

DAMAGED = "is damaged, so its scene cannot be read"
NOTHING = "carries no scene; it was made with --no-source or by another tool"
HEAVY = 100
"""Texts of 16 MB that a file unpacks to."""
ALLOWED = 200_000_000
"""Bytes of memory that reading a file may take beside the idle program."""
PEAK = """
import resource, sys
from pathlib import Path
from animate.errors import UsageError
from animate.writers.source import read_source
import av, PIL.Image
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_source(Path(sys.argv[1]))
    print("read")
except UsageError as error:
    print(str(error).removeprefix(sys.argv[1] + ": "))
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print((after - before) * (1 if sys.platform == "darwin" else 1024))
"""


def png(*texts: bytes) -> bytes:
    """A PNG of nothing but iTXt chunks, each with a body as given."""
    chunks = [
        struct.pack(">I", len(text))
        + b"iTXt"
        + text
        + struct.pack(">I", zlib.crc32(b"iTXt" + text))
        for text in texts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join([*chunks, b"\0\0\0\0IEND\xaeB`\x82"])


def comment(text: str) -> bytes:
    return b"Comment\0\0\0\0\0" + text.encode()


def sentence(path: Path) -> str:
    with pytest.raises(UsageError) as caught:
        read_source(path)
    return str(caught.value).removeprefix(f"{path}: ")


@pytest.mark.parametrize(
    "fact",
    [
        *(f"settings: {value}" for value in ("[1]", "5", "null", '"ab"', "{", "NaN")),
        *(f"description: {value}" for value in ("[1]", "5", "null", "{}")),
        "settings: " + "[" * 200_000,
        'settings: {"a": ' + "1" * 5000 + "}",
        "settings",
    ],
    ids=lambda fact: fact[:20],
)
def test_facts_of_another_kind_are_damage(tmp_path: Path, fact: str) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(comment(f"animate 0.1.0\n{fact}\n\n{SCENE}")))
    assert sentence(path) == DAMAGED


@pytest.mark.parametrize("encoding", ["foo", "hex", "utf-32", "idna"])
def test_an_encoding_that_is_none_is_damage(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.svg"
    path.write_bytes(f'<?xml version="1.0" encoding="{encoding}"?><svg/>'.encode())
    assert sentence(path) in (DAMAGED, NOTHING)


@pytest.mark.parametrize(
    "name", ["talk: part 1.mp4", "pipe:0.mp4", "http://a.webm", "concat:a.mp4"]
)
def test_a_name_with_a_colon_is_the_name_of_a_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    made = film(3)
    write(made.clip, made.frames(), path)
    assert read_source(path).text == SCENE


def test_a_file_of_another_format_is_not_given_to_its_demuxer(tmp_path: Path) -> None:
    session = b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n"
    for start in (b"\0\0\0\x20ftypisom", b"\x1aE\xdf\xa3"):
        path = tmp_path / "sdp.mp4"
        path.write_bytes(start + session)
        assert sentence(path) == DAMAGED


def _inflating() -> bytes:
    heavy = zlib.compress(b"x" * 16_000_000, 9)
    return png(*[b"Comment\0\1\0\0\0" + heavy] * HEAVY)


def _endless() -> bytes:
    return png(b"Comment\0\1\0\0\0" + zlib.compress(b"x" * 400_000_000, 9))


def _elements() -> bytes:
    return b"<svg>" + b"<a/>" * 8_000_000 + b"</svg>"


def _entities() -> bytes:
    levels = "".join(f'<!ENTITY e{k + 1} "{f"&e{k};" * 10}">' for k in range(9))
    text = f'<!DOCTYPE svg [<!ENTITY e0 "{"x" * 1000}">{levels}]><svg>&e9;</svg>'
    return b'<?xml version="1.0"?>' + text.encode()


def _packet() -> bytes:
    body = xmp_packet("y" * 17_000_000)
    return b"RIFF\0\0\0\0WEBPXMP " + struct.pack("<I", len(body)) + body


def _literal() -> bytes:
    return b"%PDF-1.4\n<< /AnimateSource (" + rb"\101" * 20_000_000 + b") >>\n%%EOF"


def _blocks() -> bytes:
    blocks = (b"\xff" + b"z" * 255) * 400_000
    return b"GIF89a" + b"\0" * 7 + b"!\xfe" + blocks + b"\0;"


def _pixels() -> bytes:
    blocks = (b"\xff" + b"z" * 255) * 1_200_000
    return b"GIF89a" + b"\0" * 7 + b"," + b"\0" * 9 + b"\x08" + blocks + b"\0;"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell a process's peak so")
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_inflating, DAMAGED),
        (_endless, DAMAGED),
        (_elements, NOTHING),
        (_entities, DAMAGED),
        (_packet, DAMAGED),
        (_literal, NOTHING),
        (_blocks, DAMAGED),
        (_pixels, NOTHING),
    ],
)
def test_memory_is_bounded(tmp_path: Path, make: Callable[[], bytes], said: str) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(make())
    run = subprocess.run(
        [sys.executable, "-c", PEAK, path], capture_output=True, text=True, check=True
    )
    words, peak = run.stdout.splitlines()
    assert words == said
    assert int(peak) < ALLOWED
