"""Grids: the spline against scipy's, files that are right, and every way that they can be wrong."""

from pathlib import Path

import jax
import numpy as np
import pytest
from scipy.interpolate import RectBivariateSpline

from animate.errors import UsageError
from animate.surfaces.grid import read_grid

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
    assert surface.minima == ((-0.7, 0.0),)
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
