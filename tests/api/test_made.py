"""`animate.scene(…)` and `animate.read(…)`: what they take and refuse, what a file carries."""

from enum import Enum
from pathlib import Path
from unittest.mock import MagicMock

import numpy as np
import pytest
from PIL import Image

import animate
from animate.errors import SceneError
from animate.writers.source import read_source
from tests.api.refused import SGD, refusal

SHORT = {"seconds": 0.2, "fps": 10, "hold": 0}


def test_a_scene_of_keywords_is_that_of_the_file_that_it_writes(tmp_path):
    made = animate.scene(
        title="1e3",
        surface={"name": "rosenbrock", "b": np.float32(50)},
        start=np.array([[-1.0, 1.0], [0.5, 0.5]]),
        steps=np.int64(7),
        noise={"std": 1e-5},
        optimizers=[SGD, {"name": "momentum", "label": "off", "learning_rate": 1e-3}],
        panels=("contour", {"loss": {"scale": "log"}}),
    )
    (tmp_path / "a.yaml").write_text(made.to_yaml(), encoding="utf-8")
    read = animate.read(tmp_path / "a.yaml")
    assert read.model == made.model
    np.testing.assert_array_equal(read.trace().positions, made.trace().positions)


def test_the_file_carries_the_text(tmp_path):
    made = animate.scene(surface="beale", optimizers=[SGD], steps=3, timing=SHORT)
    made.render(tmp_path / "a.gif", tmp_path / "a.png")
    for file in ("a.gif", "a.png"):
        assert read_source(tmp_path / file).text == made.to_yaml()
    assert made.to_yaml().startswith(
        "surface: beale\noptimizers:\n- {name: sgd, learning_rate: 0.05}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "off",
        "1e3",
        "12:30",
        "~",
        "a: b",
        "# x",
        "1_000",
        "0x1F",
        "null",
        "é ← \U0001f600",
        "'",
        "- x",
    ],
)
def test_every_text_stays_a_text(text):
    made = animate.scene(surface="beale", optimizers=[SGD], title=text)
    assert animate.read(made.to_yaml()).model.title == text


def test_every_mistake_is_told_at_its_keyword():
    assert refusal(
        surface="rosenbrok",
        optimizers=[{"name": "adam", "learning_rate": -1}, "sdg"],
        stesp=3,
        steps=float("nan"),
    ) == [
        "optimizers[0].learning_rate: must be greater than 0, got -1",
        "optimizers[1]: there is no optimizer named 'sdg'. Did you mean 'sgd'?",
        "steps: must be a whole number, got nan",
        "surface: there is no surface named 'rosenbrok'. Did you mean 'rosenbrock'?",
        "stesp: unknown key 'stesp'. Did you mean 'steps'?",
    ]
    assert refusal() == ["scene: the key 'surface' is missing"]


def test_what_is_found_later_has_its_keyword_too():
    lost = animate.scene(surface="beale", optimizers=[SGD], start=[1e80, 1e80])
    with pytest.raises(SceneError, match=r"^start: the loss at the start \[1e\+80, 1e\+80\] is"):
        lost.trace()


def test_what_no_text_can_say_is_refused_at_its_place():
    assert refusal(surface="beale", optimizers={1, 2}, title=object, start=[{2: b"x"}]) == [
        "optimizers: must be text, numbers, lists or mappings, got a set",
        "title: must be text, numbers, lists or mappings, got a type",
        "start[0].2: must be text, numbers, lists or mappings, got a bytes",
    ]
    assert refusal(surface={None: 1}) == ["surface: must have keys that are text, got a NoneType"]
    around: dict[str, object] = {}
    around["a"] = around
    assert refusal(surface=around) == ["surface.a.a: this is nested deeper than 32 levels"]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (
            {"start": np.zeros((1_000_000, 2))},
            "start: has 2,000,000 values, and at most 20,000 are read",
        ),
        (
            {"start": np.random.default_rng(0).random((20_000, 2))},
            "start: has 40,000 values, and at most 20,000 are read",
        ),
        (
            {"start": np.broadcast_to(0.0, (10**6, 10**6))},
            "start: has 1,000,000,000,000 values, and at most 20,000 are read",
        ),
        (
            {"start": [0] * 30_000, "title": range(10**9)},
            "start: has 30,000 values, and at most 20,000 are read\n"
            "title: has 1,000,000,000 values, and at most 20,000 are read",
        ),
        (
            {"seed": 1, "start": np.zeros((9000, 2)), "title": "x"},
            "start: with this there are more than 20,000 values, too many",
        ),
        (
            {"noise": {"std": dict.fromkeys(range(10_001), 1)}},
            "noise: with this there are more than 20,000 values, too many",
        ),
        ({"steps": 10**18}, f"steps: {10**18} does not fit in a number"),
        ({"steps": -(10**17)}, f"steps: {-(10**17)} does not fit in a number"),
        (
            {"surface": {"formula": "a*x**2", "constants": {"a": 10**45}, "window": [-1, 1]}},
            f"surface.constants.a: 1{38 * '0'}… does not fit in a number",
        ),
        (
            {"steps": 10**5000, "noise": {10**5000: 1}},
            "steps: a whole number of thousands of digits does not fit in a number\n"
            "noise: the key a whole number of thousands of digits does not fit in a number",
        ),
    ],
)
def test_too_many_values_and_too_large_numbers_are_told_at_their_place(parts, told):
    assert "\n".join(refusal(**{"surface": "beale", **parts})) == told


class Name(str, Enum):  # noqa: UP042 - whose str is "Name.BEALE"
    BEALE = "beale"
    STEPS = "steps"


class Circular:
    """An array whose list is an array."""

    def __array__(self):
        return np.ones(2)

    def tolist(self):
        return self


class Locked(Circular):
    def tolist(self):
        raise RuntimeError


def test_what_only_seems_to_be_numbers_is_refused_at_its_place():
    kinds = "must be text, numbers, lists or mappings, got"
    assert refusal(surface="beale", steps=np.int64) == [f"steps: {kinds} a type"]
    assert refusal(surface="beale", start=[np.ndarray]) == [f"start[0]: {kinds} a type"]
    assert refusal(surface="beale", start=Circular()) == [f"start: {kinds} a Circular"]
    assert refusal(surface="beale", start=[1, Locked()]) == [f"start[1]: {kinds} a Locked"]
    assert refusal(surface="beale", steps=np.clongdouble(1)) == [f"steps: {kinds} a clongdouble"]
    assert refusal(surface="beale", noise=MagicMock())[0].startswith("noise: must be a mapping ")
    told = ["surface: must have keys that are text, got a bool"]
    assert refusal(surface={np.bool_(True): 1}) == told


def test_numbers_of_every_width_and_members_of_an_enum_are_what_they_hold():
    rate = {
        "schedule": "piecewise_constant_schedule",
        "init_value": np.longdouble(0.25),
        "boundaries_and_scales": {np.int64(2): 0.5, 3: 0.5},
    }
    made = animate.scene(
        surface=Name.BEALE,
        optimizers=[{**SGD, "learning_rate": rate}],
        start=np.array([1, 0.5], np.longdouble),
        **{Name.STEPS: np.array(4)},
    )
    assert made.to_yaml() == (
        "surface: beale\noptimizers:\n- name: sgd\n  learning_rate:\n"
        "    schedule: piecewise_constant_schedule\n    init_value: 0.25\n"
        "    boundaries_and_scales:\n      '2': 0.5\n      '3': 0.5\nstart: [1.0, 0.5]\nsteps: 4\n"
    )
    assert made.model.steps == 4


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (3, "a scene is a path, a text or a mapping, got int"),
        (None, "a scene is a path, a text or a mapping, got NoneType"),
        ([], "a scene is a path, a text or a mapping, got list"),
        ("", "scene:1:1: the file is empty"),
        (b"", "scene:1:1: the file is empty"),
        ("nothing.yaml", "nothing.yaml: there is no such file"),
        (Path("a: b"), "a: b: there is no such file"),
        ({}, "scene: the key 'optimizers' is missing\nscene: the key 'surface' is missing"),
        ("surface: beale\noptimizers: [adm]", "scene:2:14: there is no optimizer named 'adm'."),
    ],
)
def test_what_is_no_scene_is_told(source, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(animate.UsageError) as caught:
        animate.read(source)
    assert str(caught.value).startswith(told)


def test_settings_change_a_scene_in_every_form(tmp_path):
    text = "surface: beale  # kept\noptimizers: [adam]\n"
    assert (
        animate.read(text, settings=["surface=booth"]).to_yaml().startswith("surface: booth  # k")
    )
    race = animate.read({"surface": "beale", "optimizers": ["adam"]}, settings=["steps=3"])
    assert race.model.steps == 3
    assert race.to_yaml() == "surface: beale\noptimizers: [adam]\nsteps: 3\n"


def test_a_file_that_was_made_of_a_scene_is_read_as_it(tmp_path):
    text = "surface: beale  # kept\noptimizers: [adam]\nsteps: 3\n"
    made = tmp_path / "race.png"
    animate.read(text).still(made)
    race = animate.read(made, settings=["steps=4"])
    assert race.to_yaml() == text.replace("steps: 3", "steps: 4")
    Image.new("RGB", (8, 8)).save(tmp_path / "bare.png")
    with pytest.raises(animate.UsageError, match=r"bare\.png: carries no scene; it was made with"):
        animate.read(tmp_path / "bare.png")


@pytest.mark.parametrize("settings", [[5], None, "steps=3", b"steps=3", {"steps": 3}, 3])
@pytest.mark.parametrize("source", ["surface: beale\noptimizers: [adam]", {"surface": "beale"}])
def test_settings_are_texts(source, settings):
    with pytest.raises(animate.UsageError) as caught:
        animate.read(source, settings=settings)
    assert str(caught.value) == 'settings: must be a list of texts such as "steps=30"'
