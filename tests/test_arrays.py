"""Arrays whose headers lie: one sentence, and next to no memory."""

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pytest

from animate.arrays import arrays
from animate.errors import UsageError

HEADER = "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }"
VERSIONS = [(1, 0), (2, 0), (3, 0)]


def member(shape: str, version: tuple[int, int], *, data: bytes = bytes(64)) -> bytes:
    """An array in the .npy format whose header has the text `shape`."""
    header = f"{HEADER % shape}\n".encode()
    length = struct.pack("<H" if version == (1, 0) else "<I", len(header))
    return b"\x93NUMPY" + bytes(version) + length + header + data


def archive(folder: Path, content: bytes) -> Path:
    path = folder / "a.npz"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("z.npy", content)
    return path


def said(path: Path) -> str:
    """What is said of a file that cannot be read, for at most 20 MB."""
    tracemalloc.start()
    try:
        with pytest.raises(UsageError) as caught, arrays(path) as stored:
            stored.read("z", 1000, "at most 1000")
        assert tracemalloc.get_traced_memory()[1] < 20e6
    finally:
        tracemalloc.stop()
    return str(caught.value).replace(str(path), path.name)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_of_a_header_is_read(version: tuple[int, int], tmp_path: Path) -> None:
    file = io.BytesIO()
    np.lib.format.write_array(file, np.arange(6.0).reshape(2, 3), version=version)
    with arrays(archive(tmp_path, file.getvalue())) as stored:
        np.testing.assert_array_equal(stored.read("z", 6, ""), np.arange(6.0).reshape(2, 3))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "shape",
    [
        f"(0, {10**30})",
        f"({10**30}, 0)",
        f"(0, {2**63})",
        f"(0, {2**62 - 1}, {2**62 - 1})",
        f"(0, {-(2**63) - 1})",
        "(-1,)",
        "(True,)",
        "(False, 9223372036854775808)",
        "(1.0,)",
        "('a',)",
        "([],)",
        "5",
        "None",
        f"({'1, ' * 65})",
        f"({'0, ' * 3000})",
        f"({'9' * 5000},)",
        f"{'(' * 900}1{',)' * 900}",
    ],
    ids=lambda shape: shape[:24],
)
def test_a_crafted_shape_is_damage(shape: str, version: tuple[int, int], tmp_path: Path) -> None:
    assert said(archive(tmp_path, member(shape, version))) == "a.npz: the array 'z' is damaged"


@pytest.mark.parametrize("version", [(2, 0), (3, 0)])
def test_the_length_of_a_header_is_looked_at_first(
    version: tuple[int, int], tmp_path: Path
) -> None:
    path, size = tmp_path / "a.npz", 200_000_000
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file,
        file.open("z.npy", "w") as content,
    ):
        content.write(b"\x93NUMPY" + bytes(version) + struct.pack("<I", size))
        for _ in range(size // (1 << 20)):
            content.write(b" " * (1 << 20))
    assert path.stat().st_size < 2e6
    assert said(path) == "a.npz: the array 'z' is damaged"


def test_a_header_of_10_kilobytes_is_the_longest(tmp_path: Path) -> None:
    longest = 10_000 - len(HEADER % "") - 1
    padded = "(2,)".ljust(longest)
    with arrays(archive(tmp_path, member(padded, (1, 0)))) as stored:
        assert stored.read("z", 2, "").tolist() == [0.0, 0.0]
    assert (
        said(archive(tmp_path, member(f"{padded} ", (1, 0)))) == "a.npz: the array 'z' is damaged"
    )


def test_a_list_of_arrays_of_any_length_is_not_read(tmp_path: Path) -> None:
    entry = b"PK\x01\x02" + bytes(42)
    count = 1_000_000
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 65535, 65535, count * len(entry), 0, 0)
    path = tmp_path / "a.npz"
    path.write_bytes(entry * count + end)
    assert said(path).startswith("a.npz: the list of its arrays has more than the 1,048,576 bytes")


def test_more_arrays_than_are_listed_are_told_with_the_limit(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = Path("many.npz")
    with zipfile.ZipFile(path, "w") as archive:
        for k in range(20_000):
            archive.writestr(f"{k:05}.npy", b"")
    assert said(path) == (
        "many.npz: the list of its arrays has more than the 1,048,576 bytes that are read, some "
        "10,000 arrays; write fewer into a file"
    )
