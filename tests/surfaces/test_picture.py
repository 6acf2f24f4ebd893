"""A picture as a grid: every pixel's grey level is the height at its place."""

import struct
import zlib

import imageio.v3 as iio
import numpy as np
import pytest
from PIL import Image

from animate.errors import UsageError
from animate.surfaces.grid import read_grid


def refused(path):
    with pytest.raises(UsageError) as caught:
        read_grid(path)
    return str(caught.value).removeprefix(f"{path.parent}/")


@pytest.mark.parametrize("ending", [".png", ".tif"])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_grey_is_height_and_y_goes_upwards(tmp_path, dtype, ending):
    white = np.iinfo(dtype).max
    pixels = (np.array([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]) / 11 * white).astype(dtype)
    path = tmp_path / f"hills{ending}"
    iio.imwrite(path, pixels, plugin="pillow")
    surface = read_grid(path)
    assert surface.window == ((0.0, 1.0), (0.0, pytest.approx(2 / 3)))
    for row in range(3):
        for column in range(4):
            height = float(surface.function(column / 3, (2 - row) / 3))
            assert height == pytest.approx(pixels[row, column] / white, abs=1e-6)


def test_colours_of_equal_channels_are_grey_and_transparent_pixels_have_no_height(tmp_path):
    pixels = np.full((5, 5, 4), 255, np.uint8)
    pixels[:, :, :3] = np.arange(25, dtype=np.uint8).reshape(5, 5, 1)
    pixels[0, 0, 3] = 0
    iio.imwrite(tmp_path / "hole.png", pixels)
    surface = read_grid(tmp_path / "hole.png")
    assert float(surface.function(1.0, 0.0)) == pytest.approx(24 / 255, abs=1e-6)
    assert np.isnan(surface.function(0.1, 0.9))


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_what_is_no_grid_is_refused(tmp_path):
    colours = np.zeros((4, 4, 3), np.uint8)
    colours[1, 1, 0] = 9
    iio.imwrite(tmp_path / "red.png", colours)
    iio.imwrite(tmp_path / "line.png", np.zeros((1, 9), np.uint8))
    for name, side in (("wide", 2000), ("wider", 10_000), ("huge", 50_000)):
        header = _chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
        damaged = b"\x89PNG\r\n\x1a\n" + header + _chunk(b"IDAT", b"")
        (tmp_path / f"{name}.png").write_bytes(damaged)
    (tmp_path / "text.png").write_text("no picture")
    unread = "is no picture that can be read; write it anew as PNG"
    assert (
        refused(tmp_path / "red.png") == "red.png has colours; a grid is read from levels of grey"
    )
    assert (
        refused(tmp_path / "line.png") == "line.png: a grid needs two pixels or more on each side"
    )
    assert refused(tmp_path / "text.png") == f"text.png {unread}"
    for name in ("wide", "wider", "huge"):
        assert refused(tmp_path / f"{name}.png") == (
            f"{name}.png is too large: a grid has at most 1,000,000 nodes"
        )


def test_what_would_lose_its_transparency_or_its_bits_is_refused(tmp_path):
    grey = Image.fromarray(np.arange(16, dtype=np.uint8).reshape(4, 4))
    grey.save(tmp_path / "key.png", transparency=0)
    grey.convert("P").save(tmp_path / "palette.png", transparency=0)
    header = struct.pack(">IIBBBBB", 2, 2, 16, 4, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x75\x30\xff\xff" * 2) * 2)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    (tmp_path / "deep.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)
    for name in ("key", "palette", "deep"):
        assert refused(tmp_path / f"{name}.png") == (
            f"{name}.png marks transparent pixels in a way that is not read; write it anew with an "
            "alpha channel of 8 bits, or without transparent pixels"
        )
    Image.fromarray(np.full((3, 3), np.nan, np.float32)).save(tmp_path / "float.tif")
    assert refused(tmp_path / "float.tif") == (
        "float.tif has pixels of float32; a picture is read from 8 or 16 bits of grey, other "
        "numbers from .npz"
    )
