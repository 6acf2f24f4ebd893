"""Grids: the spline against scipy's, files that are right, and every way that they can be wrong."""

import zipfile
from pathlib import Path

import jax
import numpy as np
import pytest
from scipy.interpolate import RectBivariateSpline

from animate.errors import UsageError
from animate.surfaces.grid import LARGEST, read_grid

X = np.array([-2.0, -1.5, -0.7, 0.1, 0.4, 1.3, 2.0])
Y = np.linspace(-1, 1.5, 6)
Z = np.sin(2 * X)[None, :] * np.cos(Y)[:, None] + 0.1 * X**2


def save(folder: Path, x=X, y=Y, z=Z) -> Path:
    np.savez_compressed(folder / "valley.npz", x=x, y=y, z=z)
    return folder / "valley.npz"


def at(surface, x, y):
    with jax.enable_x64(True):
        return np.asarray(surface.function(np.asarray(x, float), np.asarray(y, float)))


def refused(path) -> str:
    with pytest.raises(UsageError) as caught:
        read_grid(path)
    return str(caught.value).replace(str(path), path.name)


def test_values_and_gradients_agree_with_scipys_spline_between_its_vertices(tmp_path):
    x, y = X, Y
    z = np.exp(0.5 * x)[None, :] * (y + 3)[:, None] ** 2  # rises everywhere
    surface = read_grid(save(tmp_path, z=z))
    expected = RectBivariateSpline(y, x, z, s=0)
    random = np.random.default_rng(1)
    at_x, at_y = random.uniform(-2, 2, 50), random.uniform(-1, 1.5, 50)

    def loss(p):
        return surface.function(p[0], p[1])

    with jax.enable_x64(True):
        points = np.stack([at_x, at_y], axis=1)
        gradients = np.asarray(jax.jit(jax.vmap(jax.grad(loss)))(points))
        hessians = np.asarray(jax.jit(jax.vmap(jax.hessian(loss)))(points))
    close = {"rtol": 1e-10, "atol": 1e-10}
    np.testing.assert_allclose(at(surface, at_x, at_y), expected.ev(at_y, at_x), **close)
    np.testing.assert_allclose(gradients[:, 0], expected.ev(at_y, at_x, dy=1), **close)
    np.testing.assert_allclose(gradients[:, 1], expected.ev(at_y, at_x, dx=1), **close)
    np.testing.assert_allclose(hessians[:, 0, 1], expected.ev(at_y, at_x, dx=1, dy=1), **close)
    np.testing.assert_allclose(hessians[:, 0, 0], expected.ev(at_y, at_x, dy=2), **close)


def test_a_narrow_valley_between_the_nodes_is_followed_to_a_cell_from_its_lowest_node(tmp_path):
    x, y = np.linspace(-2, 2, 101), np.linspace(-1, 3, 101)
    z = (1 - x) ** 2 + 100 * (y[:, None] - x**2) ** 2
    surface = read_grid(save(tmp_path, x, y, z))
    along = np.linspace(-1.5, 0.95, 1000)
    floor = at(surface, along, along**2)
    np.testing.assert_allclose(floor, (1 - along) ** 2, atol=0.02)
    assert np.sum(np.diff(floor) > 0) <= 2


def test_nodes_are_met_exactly_and_nothing_is_known_outside(tmp_path):
    surface = read_grid(save(tmp_path))
    np.testing.assert_allclose(at(surface, *np.meshgrid(X, Y)), Z, rtol=0, atol=1e-15)
    assert surface.name == "valley"
    assert surface.window == ((-2.0, 2.0), (-1.0, 1.5))
    assert surface.minima == ()
    assert np.isnan(at(surface, [-2.1, 0, 0, 2.1], [0, -1.1, 1.6, 0])).all()


def test_start_is_at_the_highest_node_away_from_the_edge_or_beside_a_peak(tmp_path):
    axis = np.linspace(-1, 1, 21)
    ramp = read_grid(save(tmp_path, axis, axis, axis + 2 * axis[:, None]))
    assert ramp.start == pytest.approx((0.8, 0.8))
    peak = read_grid(save(tmp_path, axis, axis, np.exp(-4 * (axis**2 + axis[:, None] ** 2))))
    assert peak.start == pytest.approx((0.03, 0.03))
    assert at(peak, *peak.start) < at(peak, 0.0, 0.0) - 1e-4


def test_around_a_hole_the_surface_is_undefined_and_elsewhere_it_is_not(tmp_path):
    z = Z.copy()
    z[2, 3], z[5, 6] = np.nan, np.inf
    surface = read_grid(save(tmp_path, z=z))
    assert np.isnan(at(surface, [-0.3, 0.3, -0.3, 0.3], [-0.2, -0.2, 0.2, 0.2])).all()
    assert np.isfinite(at(surface, [-1.7, 1.0, -0.3, 0.3], [0.1, 0.1, -0.7, 0.7])).all()
    assert np.isfinite(at(surface, *surface.start))
    defined = np.isfinite(at(surface, *np.meshgrid(X - 1e-9, Y + 1e-9))[:-1, 1:])
    with jax.enable_x64(True):
        gradient = jax.grad(lambda p: surface.function(p[0], p[1]))(np.array([-1.7, 0.1]))
    assert defined.sum() == 30 - 4 - 1
    assert np.isfinite(gradient).all()


def test_a_flat_grid_of_two_by_two_is_bilinear(tmp_path):
    surface = read_grid(save(tmp_path, [0.0, 1], [0.0, 2], [[0.0, 1], [2, 4]]))
    assert at(surface, 0.5, 1.0) == pytest.approx(7 / 4)


def test_csv_rows_may_come_in_any_order_with_any_columns_beside(tmp_path):
    path = tmp_path / "valley.csv"
    lines = [
        f"{y!r},a note,{z!r}, {x!r}"
        for y, line in zip(Y.tolist(), Z.tolist(), strict=True)
        for x, z in zip(X.tolist(), line, strict=True)
    ]
    np.random.default_rng(0).shuffle(lines)
    path.write_text("\ufeffY,note,Z,X\n" + "\n".join(lines) + "\n\n", encoding="utf-8")
    surface = read_grid(path)
    np.testing.assert_allclose(at(surface, *np.meshgrid(X, Y)), Z, rtol=0, atol=1e-15)


def test_an_empty_z_is_a_hole(tmp_path):
    path = tmp_path / "v.csv"
    nodes = [f"{x},{y},{'' if x == y == 0 else x + y}" for x in range(4) for y in range(4)]
    path.write_text("x,y,z\n" + "\n".join(nodes))
    surface = read_grid(path)
    assert np.isnan(at(surface, 0.5, 0.5))
    assert at(surface, 2.5, 2.5) == pytest.approx(5)


XX, YY = np.meshgrid(X, Y)


@pytest.mark.parametrize(
    "arrays",
    [
        {"x": X[::-1], "y": Y, "z": Z[:, ::-1]},
        {"x": X[::-1], "y": Y[::-1], "z": Z[::-1, ::-1]},
        {"x": XX, "y": YY, "z": Z},
        {"x": XX[::-1], "y": YY[::-1], "z": Z[::-1]},
        {"x": XX.T, "y": YY.T, "z": Z.T},
        {"X": XX, "Y": YY, "Z": Z},
        {"X": X, "Y": Y, "Z": Z, "title": np.array(["valley"])},
        {"xcoordinates": X, "ycoordinates": Y, "train_loss": Z, "train_acc": Z},
        {"x": X, "y": Y, "z": Z, "X": X + 1},
    ],
)
def test_a_grid_is_read_as_it_is_saved(tmp_path, arrays):
    path = tmp_path / "valley.npz"
    np.savez(path, **arrays)
    surface = read_grid(path)
    assert surface.window == ((-2.0, 2.0), (-1.0, 1.5))
    np.testing.assert_allclose(at(surface, XX, YY), Z, rtol=0, atol=1e-15)


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
