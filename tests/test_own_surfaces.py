"""`surface: {grid: …}` and `{python: …}` in a scene: where files are found, what is allowed."""

import numpy as np
import pytest

from animate.errors import UsageError
from animate.scene.context import Trust
from animate.scene.load import read

OPTIMIZERS = "\noptimizers: [adam]\n"


@pytest.fixture
def folder(tmp_path):
    x, y = np.linspace(-1, 1, 9), np.linspace(-2, 2, 9)
    np.savez(tmp_path / "bowl.npz", x=x, y=y, z=x[None, :] ** 2 + y[:, None] ** 2)
    (tmp_path / "my_losses.py").write_text("def bowl(x, y):\n    return x**2 + 3 * y**2\n")
    return tmp_path


def scene(folder, surface):
    path = folder / "scene.yaml"
    path.write_text(f"surface: {surface}{OPTIMIZERS}", encoding="utf-8")
    return path


def complaint(path, **facts):
    with pytest.raises(UsageError) as caught:
        read(path, **facts)
    return str(caught.value).removeprefix(f"{path}:")


def test_a_grid_is_found_beside_its_scene(folder, monkeypatch):
    monkeypatch.chdir("/")
    surface = read(scene(folder, "{grid: bowl.npz}")).scene.surface.build()
    assert surface.window == ((-1.0, 1.0), (-2.0, 2.0))
    assert float(surface.function(0.5, 1.0)) == pytest.approx(1.25, abs=1e-5)


def test_a_grid_can_be_looked_at_in_part_but_not_beyond(folder):
    part = "{grid: bowl.npz, window: [[0, 1], [-1, 1]]}"
    surface = read(scene(folder, part)).scene.surface.build()
    assert surface.window == ((0.0, 1.0), (-1.0, 1.0))
    assert 0 < surface.start[0] < 1
    assert -1 < surface.start[1] < 1
    beyond = "{grid: bowl.npz, window: [[0, 1], [-1, 3]]}"
    assert complaint(scene(folder, beyond)) == (
        "1:10: the window reaches beyond the grid, whose y runs from -2 to 2"
    )


def test_a_grid_that_cannot_be_read_is_told_in_its_place(folder):
    said = complaint(scene(folder, "{grid: hill.npz}"))
    assert said == "1:17: 'hill.npz': there is no such file"


def test_code_runs_only_where_it_is_allowed(folder):
    path = scene(folder, '{python: "my_losses:bowl", window: [[-1, 1], [-1, 1]]}')
    assert complaint(path) == (
        "1:19: this scene runs the code of the module 'my_losses', which can do all that you can; "
        "if you trust it, allow it with --allow-code"
    )
    surface = read(path, trust=Trust(code=True)).scene.surface.build()
    assert surface.function(1.0, 2.0) == 13
    assert surface.window == ((-1.0, 1.0), (-1.0, 1.0))


def test_code_is_not_even_looked_at_before_it_is_allowed(folder):
    (folder / "my_losses.py").write_text("raise RuntimeError")
    path = scene(folder, '{python: "my_losses:bowl", window: [[-1, 1], [-1, 1]]}')
    assert "--allow-code" in complaint(path)


def test_code_without_a_window_is_told_so(folder):
    path = scene(folder, '{python: "my_losses:bowl"}')
    assert complaint(path, trust=Trust(code=True)) == "1:10: the key 'window' is missing"


def test_constants_stand_for_themselves_in_a_formula(folder):
    formula = '{formula: "a*x**2 + k", constants: {a: 3, k: 0.5}, window: [[-1, 1], [-1, 1]]}'
    surface = read(scene(folder, formula)).scene.surface.build()
    assert float(surface.function(2.0, 0.0)) == pytest.approx(12.5)
