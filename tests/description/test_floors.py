"""Lines of equal minima: each is a floor of its own, by its height above the lowest place."""

import re

import numpy as np
import pytest

from animate.pipeline import describe, solve
from tests.description.test_describe import scene_of

FLOOR = "the floor of a valley of equal minima"
HIGHER = "the floor of a higher valley of equal minima"
TILTED = "(x**2 - 1)**2 + 0.1*x"
"""Two lines of equal minima, of different losses."""

SCENE = """
surface: {surface}
optimizers: [{{name: sgd, learning_rate: 0.05}}, {{name: adam, learning_rate: 0.1}}]
start: {start}
steps: 200
"""


def formula(text):
    return f'{{formula: "{text}", window: [[-2, 2], [-2, 2]]}}'


@pytest.fixture
def grid(tmp_path, monkeypatch):
    """Writes losses on a grid, and says the surface that reads them."""
    monkeypatch.chdir(tmp_path)

    def write(losses):
        across, up = np.linspace(-2, 2, 21), np.linspace(-2, 2, 17)
        x, y = np.meshgrid(across, up)
        np.savez("g.npz", x=across, y=up, z=losses(x, y))
        return "{grid: g.npz}"

    return write


@pytest.fixture(params=["formula", "grid"])
def tilted(request, grid):
    if request.param == "formula":
        return formula(TILTED)
    return grid(lambda x, y: (x**2 - 1) ** 2 + 0.1 * x + 0 * y)


def test_runs_on_the_higher_of_two_floors_are_at_a_floor(tilted):
    text = SCENE.format(surface=tilted, start="{count: 300}")
    said, ends = describe(scene_of(text)), solve(scene_of(text)).trajectories.positions[..., -1, 0]
    assert "in the minimum" not in said
    assert "in other minima" not in said
    parts = re.findall(r"The runs of [^.]+ end: .*?[.](?= |$)", said)
    for told, x in zip(parts, ends, strict=True):
        low, high = (float(re.search(rf"([\d.]+)% at {each}", told)[1]) for each in (FLOOR, HIGHER))
        assert low == pytest.approx(100 * np.mean(np.abs(x + 1) < 0.1), abs=1)
        assert high == pytest.approx(100 * np.mean(np.abs(x - 1) < 0.1), abs=1)
        shares = re.findall(r"([\d.]+)%", told)
        assert sum(map(float, shares)) == pytest.approx(100, abs=0.2)


def test_a_run_on_the_higher_floor_is_at_a_floor(tilted):
    said = describe(scene_of(SCENE.format(surface=tilted, start="[1.5, 0.3]")))
    assert f"reach {FLOOR}." in said
    assert "minimum" not in said


def test_runs_on_two_floors_are_not_said_to_be_on_one():
    text = SCENE.format(surface=formula(TILTED), start="[1.5, 0.3]")
    text = text.replace("adam, learning_rate: 0.1", "momentum, learning_rate: 0.08")
    said, found = describe(scene_of(text)), solve(scene_of(text))
    assert np.sign(found.trajectories.positions[:, 0, -1, 0]).tolist() == [1, -1]
    assert f"reaches {FLOOR}" in said
    assert f"reaches {HIGHER}" in said


def test_over_many_decades_floors_are_equal_by_the_logs_of_their_heights():
    text = SCENE.format(surface=formula("exp(40*x) + y**2"), start="[1, 1.3]").replace("200", "60")
    said = describe(scene_of(re.sub(", learning_rate: [0-9.]+", "", text)))
    assert "SGD (step" not in said
    assert f"Adam (step 40) reaches {FLOOR}." in said


RELIEFS = {
    "line": lambda x, y: np.abs(x) * 2**-10 + 0 * y,
    "terraces": lambda x, y: np.round(2 * x) / 2 + 0 * y,
    "bowl": lambda x, y: np.round(1024 * (x**2 + (y - 0.5) ** 2)) * 2**-20,
    "two floors": lambda x, y: np.round(1024 * ((x**2 - 1) ** 2 + 0.1 * x)) * 2**-20 + 0 * y,
}
"""Of multiples of 2**-20, so that a sum with an offset is exact."""


@pytest.mark.parametrize("start", ["[1.5, 1.3]", "{count: 40}"])
@pytest.mark.parametrize("offset", [1e5, 1e6, -1e6])
@pytest.mark.parametrize("relief", RELIEFS)
def test_a_grid_is_told_as_one_without_an_offset(grid, relief, offset, start):
    told = []
    for raised in (0, offset):
        surface = grid(lambda x, y, raised=raised: RELIEFS[relief](x, y) + raised)
        told.append(without_losses(describe(scene_of(SCENE.format(surface=surface, start=start)))))
    assert told[0] == told[1]


@pytest.mark.parametrize("start", ["[1.5, 1.3]", "{count: 40}"])
@pytest.mark.parametrize("sum_", ["{} + 1e6", "1e6 + {}", "{} - a", "-1e6 - 3 + {} + x*0"])
@pytest.mark.parametrize("relief", ["0.001*(x**2 - 1)**2 + 0.0001*x", "(x - y)**2*1e-6"])
def test_a_formula_is_told_as_one_without_an_offset(relief, sum_, start):
    told = []
    for text in (relief, sum_.format(relief)):
        surface = formula(text).replace("{", "{constants: {a: 1e6}, ", 1)
        said = describe(scene_of(SCENE.format(surface=surface, start=start)))
        told.append(without_losses(said.partition(": ")[2]))
    assert told[0] == told[1]


def without_losses(said):
    return re.sub(r"the loss is .* for", "the loss is … for", said)
