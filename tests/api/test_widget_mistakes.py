"""What a widget cannot show, and sliders that cannot be, are told in whole sentences."""

import pytest

import animate
from tests.api.widgets import RATE, scene, widget


@pytest.mark.parametrize(
    ("sliders", "told"),
    [
        ({}, 'must be keys with their ends, such as {"steps": (10, 100)}'),
        (["steps"], 'must be keys with their ends, such as {"steps": (10, 100)}'),
        ({3: (1, 2)}, "3 is not a key, such as 'steps'"),
        ({"steps": 3}, "steps: must be two finite numbers, the least and the largest, got 3"),
        (
            {"steps": (1, "x")},
            "steps: must be two finite numbers, the least and the largest, got (1, 'x')",
        ),
        (
            {"steps": (1, float("inf"))},
            "steps: must be two finite numbers, the least and the largest, got (1, inf)",
        ),
        ({"steps": (9, 9)}, "steps: the least number must be below the largest, got (9, 9)"),
        ({"steps": (9.5, 20)}, "steps: is a whole number, so its ends are too, got (9.5, 20)"),
        (
            {"steps": (20, 40)},
            "steps: the scene has 12 there, which is not between 20 and 40; widen the ends, or "
            "change the scene",
        ),
        (
            {"optimizers.adm.learning_rate": (0.1, 1)},
            "optimizers.adm.learning_rate: no item is called 'adm'; there are sgd, adam",
        ),
        (
            {"optimizers.adam.rate": (0.1, 1)},
            "optimizers[1].rate: unknown key 'rate'. Did you mean 'learning_rate'?",
        ),
        (
            {"noise": (0.1, 1)},
            "noise: the scene has no number there to begin with; write one into it",
        ),
    ],
)
def test_sliders_that_cannot_be_are_told(sliders, told):
    with pytest.raises(animate.UsageError) as caught:
        animate.Widget(scene(), sliders=sliders)
    assert str(caught.value) == f"sliders: {told}"


@pytest.mark.parametrize("key", ["start.0", "noise.std", "noise.kind", "surface.window.0.1"])
def test_a_number_that_is_in_no_place_of_the_scene_is_to_be_written(key):
    with pytest.raises(animate.UsageError) as caught:
        animate.Widget(scene(), sliders={key: (0.1, 1)})
    why = "the scene has no number there to begin with; write one into it"
    assert str(caught.value) == f"sliders: {key}: {why}"


@pytest.mark.parametrize("key", ["", "steps.", ".steps"])
def test_what_is_no_key_is_told(key):
    with pytest.raises(animate.UsageError, match="is not a key, such as 'steps'"):
        animate.Widget(scene(), sliders={key: (1, 20)})


def test_one_number_has_one_slider():
    by_number = "optimizers.1.learning_rate"
    with pytest.raises(animate.UsageError) as caught:
        animate.Widget(scene(), sliders={RATE: (1e-3, 1), by_number: (1e-3, 1)})
    told = f"sliders: {by_number}: is the same number as {RATE}; leave one out"
    assert str(caught.value) == told


def test_all_mistakes_of_sliders_are_told_at_once():
    with pytest.raises(animate.UsageError) as caught:
        animate.Widget(scene(), sliders={"steps": (9, 9), RATE: "x", "seed": (0, 3)})
    assert str(caught.value).splitlines() == [
        "sliders: steps: the least number must be below the largest, got (9, 9)",
        f"sliders: {RATE}: must be two finite numbers, the least and the largest, got 'x'",
    ]


NO_MAP = (
    "panels: a widget draws all paths over one panel 'contour' (of one variable: 'curve'), and "
    "this scene has none; add it"
)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"panels": ["relief"]}, NO_MAP),
        ({"panels": ["loss"]}, NO_MAP),
        (
            {"start": {"count": 20}},
            "start: a widget draws paths, and a swarm is dots; begin at single places",
        ),
        (
            {"sweep": {"optimizers.adam.b1": [0.5, 0.9]}},
            "sweep: a slider takes the place of a sweep; leave it out",
        ),
    ],
)
def test_a_scene_without_room_for_paths_is_told(parts, told):
    with pytest.raises(animate.UsageError) as caught:
        widget({"steps": (5, 20)}, **parts)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    "path",
    [
        "scenes/article/signals/19_adam_spikes.yaml",
        "scenes/networks/muon.yaml",
        "scenes/landscape/04_escape_directions.yaml",
    ],
)
def test_a_scene_without_such_a_surface_is_told(path):
    with pytest.raises(animate.UsageError) as caught:
        animate.Widget(path, sliders={"steps": (5, 20)})
    assert str(caught.value) == (
        "a widget moves the paths of optimizers over a surface of one or two variables, and this "
        "scene has no such surface; show the scene itself"
    )


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"steps": 3}, f"values: there is no slider 'steps'; there are {RATE}"),
        ({RATE: "x"}, f"values: {RATE}: must be a finite number, got 'x'"),
        ({RATE: 5}, f"values: {RATE}: must be from 0.001 to 1, got 5"),
    ],
)
def test_values_that_cannot_be_are_told(values, told):
    shown = widget()
    with pytest.raises(animate.UsageError) as caught:
        shown.values = values
    assert str(caught.value) == told
    assert shown.values == {RATE: 0.1}
