"""Files that are no grid are refused in a sentence, before they are unpacked."""

import zipfile

import numpy as np
import pytest

from animate.surfaces.grid import LARGEST
from tests.surfaces.test_grid import XX, YY, X, Y, Z, refused, save


@pytest.mark.parametrize(
    ("arrays", "sentence"),
    [
        (
            {"x": X, "y": Y},
            "valley.npz has no array named 'z'; it needs x[nx], y[ny] and z[ny, nx], and has x, y",
        ),
        (
            {"x": X, "y": Y, "Z": Z, "train_loss": Z},
            "valley.npz: Z and train_loss may both be z; it needs x[nx], y[ny] and z[ny, nx]",
        ),
        (
            {"x": XX, "y": YY + XX, "z": Z},
            "valley.npz: x must have one axis, got the shape [6, 7]",
        ),
        (
            {"x": X, "y": Y, "z": Z.T},
            "valley.npz: z must have the shape [ny, nx] = [6, 7], got [7, 6]; transpose it",
        ),
        (
            {"x": X, "y": Y, "z": Z[:4]},
            "valley.npz: z must have the shape [ny, nx] = [6, 7], got [4, 7]",
        ),
        (
            {"x": [0.0, 1.0, 1.0], "y": Y, "z": Z[:, :3]},
            "valley.npz: x must increase, but x[2] = 1 follows x[1] = 1",
        ),
        (
            {"x": X, "y": Y[[0, 2, 1, 3, 4, 5]], "z": Z},
            "valley.npz: y must increase, but y[2] = -0.5 follows y[1] = 0",
        ),
        (
            {"x": [0.0, np.nan], "y": Y, "z": Z[:, :2]},
            "valley.npz: every x must be a finite number",
        ),
        (
            {"x": X[None, :], "y": Y, "z": Z},
            "valley.npz: x must have one axis, got the shape [1, 7]",
        ),
        (
            {"x": X[:1], "y": Y, "z": Z[:, :1]},
            "valley.npz: a grid needs two x or more, got 1",
        ),
        (
            {"x": X, "y": Y, "z": Z.astype(complex)},
            "valley.npz: z must hold real numbers, got complex128",
        ),
        (
            {"x": np.array([object(), None]), "y": Y, "z": Z},
            "valley.npz: x holds Python objects, which are not read; save numbers",
        ),
        (
            {"x": X, "y": Y, "z": np.full_like(Z, np.nan)},
            "valley.npz: no cell of the grid has a value at all its corners",
        ),
    ],
)
def test_npz_that_is_no_grid_is_refused(tmp_path, arrays, sentence):
    path = tmp_path / "valley.npz"
    np.savez(path, **arrays)
    assert refused(path) == sentence


def test_a_header_that_promises_too_much_is_refused_before_reading(tmp_path):
    path = save(tmp_path)
    header = np.lib.format.header_data_from_array_1_0(np.empty((1, 1)))
    with zipfile.ZipFile(path, "w") as archive:
        for name in "xyz":
            with archive.open(f"{name}.npy", "w") as member:
                np.lib.format.write_array_header_1_0(member, header | {"shape": (10**9, 10**9)})
    assert refused(path) == f"valley.npz is too large: a grid has at most {LARGEST:,} nodes"


def test_a_damaged_array_is_refused(tmp_path):
    path = tmp_path / "valley.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.npy", b"not an array")
    assert refused(path) == "valley.npz: the array 'x' is damaged"


def test_a_header_that_is_not_even_python_is_damage(tmp_path):
    path = tmp_path / "valley.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.npy", b"\x93NUMPY\x01\x00\x75\x00" + b"[" * 116 + b"\n")
    assert refused(path) == "valley.npz: the array 'x' is damaged"


def test_an_array_that_is_packed_otherwise_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "valley.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("x.npy", bytes(1_000_000))
    assert refused(path) == (
        "valley.npz: the array 'x' is packed in a way that is not read; write it with numpy.savez"
    )


def test_a_table_of_too_many_rows_is_refused_before_it_is_parsed(tmp_path):
    path = tmp_path / "v.csv"
    path.write_text("x,y,z\n" + "no number\n" * (LARGEST + 1))
    assert refused(path) == f"v.csv is too large: at most {LARGEST:,} rows are read"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a,b\n1,2\n", "v.csv: the first line must name the columns x, y and z, got 'a,b'"),
        ("", "v.csv: the first line must name the columns x, y and z, got ''"),
        ("x,y,z\n1,2,3\n1,two,3\n", "v.csv:3: not three numbers: '1,two,3'"),
        ("x,y,z\n1,2\n", "v.csv:2: not three numbers: '1,2'"),
        ("x,y,z\n", "v.csv: a grid needs two x or more, got 0"),
        (
            "x,y,z\n0,0,1\n0,1,1\n1,0,1\n",
            "v.csv: its 2 x and 2 y make a grid of 4 nodes, but there is no row for x = 1, y = 1",
        ),
        (
            "x,y,z\n0,0,1\n0,1,1\n1,0,1\n1,1,1\n1,0,2\n",
            "v.csv: its 2 x and 2 y make a grid of 4 nodes, but there is more than one row for "
            "x = 1, y = 0",
        ),
    ],
)
def test_csv_that_is_no_grid_is_refused(tmp_path, text, sentence):
    path = tmp_path / "v.csv"
    path.write_text(text)
    assert refused(path) == sentence


def test_a_scatter_of_points_is_refused_without_building_their_grid(tmp_path):
    path = tmp_path / "v.csv"
    path.write_text("x,y,z\n" + "\n".join(f"{k},{k},0" for k in range(1500)))
    assert refused(path) == (
        "v.csv: its 1500 x and 1500 y make a grid of 2,250,000 nodes, but there are 1500 rows"
    )


def test_files_that_are_not_there_or_something_else_are_refused(tmp_path):
    assert refused(tmp_path / "none.npz") == "there is no file 'none.npz'"
    other = tmp_path / "valley.npz"
    other.write_text("hello")
    assert refused(other) == "valley.npz is not an .npz file; write it with numpy.savez"
    assert refused(tmp_path / "v.xlsx") == (
        "a grid is read from .npz, .csv, .png, .tif, .tiff, not from 'v.xlsx'"
    )
    binary = tmp_path / "v.csv"
    binary.write_bytes(b"\xff\xfe\x00x")
    assert refused(binary) == "v.csv is not a text file of rows x,y,z"
    folder = tmp_path / "dir.csv"
    folder.mkdir()
    assert refused(folder) == "dir.csv is a folder; name a file"


@pytest.mark.parametrize("where", [slice(None), (2, 3)], ids=["all", "one"])
def test_values_too_large_to_add_are_told(tmp_path, where):
    z = np.array(Z)
    z[where] = -1e308
    assert refused(save(tmp_path, z=z)) == (
        "valley.npz: every z must be within ±1e+300, or NaN where there is none, got -1e+308; "
        "scale the values"
    )
