"""Where a number stands, a boolean, a text, a list and a mapping are refused."""

import copy
import json

import pytest

from animate.errors import SceneError
from animate.scene.load import read_text

SGD = {"name": "sgd", "learning_rate": 0.1}
ADAM = {"name": "adam", "learning_rate": 0.1}
SCENES = [
    {
        "surface": {
            "formula": "x**2 + a*y**2",
            "window": [[-2, 2], [-1, 1]],
            "constants": {"a": 3},
        },
        "optimizers": [{"name": "momentum", "learning_rate": 0.1, "momentum": 0.9}],
        "start": {"count": 30, "within": {"around": [0.5, 1], "std": 0.3}, "seed": 3},
        "steps": 20,
        "noise": {"std": 0.1, "seed": 4},
        "timing": {"seconds": 2, "fps": 10, "hold": 1},
        "style": {"size": [640, 480]},
        "panels": [{"contour": {"levels": [1, 2]}}],
    },
    {
        "surface": "beale",
        "optimizers": [SGD | {"then": {"at": 5} | ADAM}],
        "start": [[1, 1], [1, 2]],
        "story": [
            {"at": 0, "say": "a", "pause": 2},
            {"at": 10, "say": "b", "speed": 2, "focus": {"around": [0, 1], "within": 0.5}},
        ],
        "output": {"gif": {"colors": 32}},
    },
    {"surface": "beale", "optimizers": [ADAM], "start": [1, 1.5]},
    {
        "surface": "beale",
        "optimizers": [ADAM],
        "sweep": {"optimizers.adam.b1": {"from": 0.5, "to": 0.9, "count": 3}},
    },
    {
        "surface": {
            "name": "gaussian_wells",
            "positions": [[0, 0], [1, 1]],
            "depths": [1, 2],
            "widths": [1, 0.5],
        },
        "optimizers": [SGD],
        "noise": {"kind": "sparse", "every": 5, "coordinate": "y"},
    },
    {
        "signal": {"name": "spikes", "height": 1, "period": 60, "first": 3, "noise": 0.5},
        "optimizers": [{"name": "adagrad", "learning_rate": 0.1, "eps": 0.1}],
    },
    {"surface": {"network": {"hidden": [4]}, "resolution": 8}, "optimizers": [SGD], "steps": 5},
]


def _numbers(data, place=()):
    """The places of all numbers in `data`."""
    if isinstance(data, dict | list):
        items = data.items() if isinstance(data, dict) else enumerate(data)
        for key, each in items:
            yield from _numbers(each, (*place, key))
    elif isinstance(data, int | float):
        yield place


def _with(data, place, value):
    changed = copy.deepcopy(data)
    part = changed
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    return json.dumps(changed)


@pytest.mark.parametrize("data", SCENES, ids=lambda data: next(iter(data)))
def test_what_is_no_number_is_refused_wherever_one_stands(data):
    read_text(json.dumps(data), "scene.yaml")
    for place in _numbers(data):
        for value in (True, "1.5", [1], {"a": 1}):
            try:
                read_text(_with(data, place, value), "scene.yaml")
            except SceneError:
                continue
            pytest.fail(f"{value!r} is taken at {place}")


@pytest.mark.parametrize("written", ["1e2", "1E+2", "1.0e2", "10e1", "1000e-1"])
def test_a_whole_number_may_have_an_exponent(written):
    text = f"surface: beale\noptimizers: [sgd]\nsteps: {written}\n"
    assert read_text(text, "x").scene.steps == 100
    many = f"start: {{count: {written}}}\nstyle: {{size: [{written}, 2e2], trail: {written}}}\n"
    scene = read_text(text + many, "x").scene
    assert (scene.start.count, scene.style.size, scene.style.trail) == (100, (100, 200), 100)
    with pytest.raises(SceneError, match=r"must be a whole number, got 0\.15"):
        read_text(text.replace(written, "1.5e-1"), "x")
