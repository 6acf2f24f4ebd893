"""Sweeps: which values race, what stands side by side, and what a mistake gets."""

import numpy as np
import pytest

from animate import pipeline as movie
from animate.errors import UsageError
from animate.figure import Trails
from animate.scene.descent import no_two_alike
from animate.scene.load import read_text

SCENE = """
surface: ravine
optimizers: [sgd, {{name: momentum, color: "#ff0000"}}]
learning_rate: 0.01
sweep: {sweep}
steps: 20
style: {{size: [320, 240]}}
timing: {{seconds: 1, fps: 4}}
panels: {panels}
"""
THREE = "{optimizers.momentum.momentum: [0, 0.5, 0.9]}"
RACE = "{optimizers.momentum.momentum: [0, 0.5, 0.9], as: race}"


def scene(sweep, panels="[contour]"):
    return read_text(SCENE.format(sweep=sweep, panels=panels), "s").scene


def swept(sweep):
    return [each.momentum for each in scene(sweep).optimizers[1:]]


def test_every_value_races():
    paths = movie.trace(scene(RACE))
    assert paths.labels == ("sgd", "momentum = 0", "momentum = 0.5", "momentum = 0.9")
    for gamma, found in zip((0, 0.5, 0.9), paths.positions[1:, 0], strict=True):
        one = read_text(
            f"surface: ravine\noptimizers: [{{name: momentum, momentum: {gamma}}}]\n"
            "learning_rate: 0.01\nsteps: 20\n",
            "s",
        )
        np.testing.assert_allclose(found, movie.trace(one.scene).positions[0, 0], rtol=1e-9)


@pytest.mark.parametrize(
    ("span", "values"),
    [
        ("{from: 0, to: 0.9, count: 4}", [0, 0.3, 0.6, 0.9]),
        ("{from: 0.001, to: 0.1, count: 3, scale: log}", [0.001, 0.01, 0.1]),
    ],
)
def test_values_may_be_a_span(span, values):
    assert swept(f"{{optimizers.momentum.momentum: {span}}}") == pytest.approx(values)


def test_in_one_race_each_value_has_a_colour_of_its_own():
    stage = movie.stage(scene(RACE))
    assert stage.view.names == ("SGD", "momentum = 0", "momentum = 0.5", "momentum = 0.9")
    assert len(set(stage.view.colours)) == 4
    assert sum(each.get_xlabel() == "x" for each in stage.figure.axes) == 1


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ("learning rate = 0.0010000001", "learning rate = 0.001")),
        ("ru", ("скорость обучения = 0,0010000001", "скорость обучения = 0,001")),
    ],
)
def test_in_one_race_near_values_read_differently_in_the_pictures_language(language, names):
    sweep = "{optimizers.sgd.learning_rate: [0.0010000001, 0.001], as: race}"
    text = SCENE.format(sweep=sweep, panels="[contour]")
    swept = read_text(text.replace("style: {", f"style: {{language: {language}, "), "s").scene
    view = movie.stage(swept).view
    assert view.names[:2] == names
    assert view.notes[:2] == tuple(name.split(" = ")[1] for name in names)
    assert movie.trace(swept).labels[:2] == (
        "learning_rate = 0.0010000001",
        "learning_rate = 0.001",
    )


@pytest.mark.parametrize(
    "look", ["theme: poster, ", "language: ru, ", "theme: poster, language: ru, "]
)
@pytest.mark.parametrize("panels", ["[contour]", "[loss, contour]"])
@pytest.mark.parametrize("size", ["[960, 540]", "[640, 480]", "[1080, 1080]"])
def test_titles_side_by_side_never_overlap(look, panels, size):
    sweep = "{optimizers.momentum.learning_rate: [0.0012, 0.00123, 0.0012345]}"
    text = SCENE.format(sweep=sweep, panels=panels).replace("[320, 240]", size)
    stage = movie.stage(read_text(text.replace("style: {", f"style: {{{look}"), "s").scene)
    width = int(size[1:].split(",")[0])
    boxes = [each.get_tightbbox() for each in stage.figure.axes if each.get_title("left")]
    titles = [each._left_title.get_window_extent() for each in stage.figure.axes]
    titles = [each for each in titles if each.width > 1]
    assert len(titles) == 3
    for k, title in enumerate(titles):
        assert title.x0 >= 0
        assert title.x1 <= width
        for j, other in enumerate(boxes):
            assert j == k or not title.overlaps(other)
        assert not any(title.overlaps(text.get_window_extent()) for text in stage.figure.texts)


def test_side_by_side_each_panel_has_its_value_and_all_have_the_same_axes():
    stage = movie.stage(scene(THREE, "[contour, loss]"))
    assert stage.view.names == ("SGD", "Momentum")
    axes = [each for each in stage.figure.axes if each.axison]
    contours, losses = axes[:3], axes[3:]
    assert [each.get_title("left").replace("\n", " ") for each in contours] == [
        "momentum = 0",
        "momentum = 0.5",
        "momentum = 0.9",
    ]
    assert len({each.get_ylim() for each in losses}) == 1
    for alike in (contours, losses):
        assert len({tuple(np.round(each.bbox.size)) for each in alike}) == 1
    assert [bool(each.get_xlabel()) for each in axes] == [True] * 6, "steps are no x"
    assert [each.yaxis.get_tick_params()["labelleft"] for each in contours] == [True, False, False]
    paths = movie.trace(scene(THREE))
    trails = [each for each in stage.paths if isinstance(each, Trails)][:3]
    for k, (trail, place) in enumerate(zip(trails, contours, strict=True)):
        expected = place.transData.transform(paths.positions[[0, k + 1], 0, -1])
        np.testing.assert_allclose(trail.points[:, -1], expected, atol=1e-6)


@pytest.mark.parametrize(
    ("sweep", "complaint"),
    [
        (
            "[0, 1]",
            "sweep: must be a mapping such as {optimizers.momentum.momentum: [0, 0.5, 0.9]}",
        ),
        ("{steps: [1, 2]}", "sweeps an option of an optimizer, such as "),
        ("{optimizers.momentun.momentum: [0, 1]}", "no optimizer is called 'momentun'. Did you"),
        (
            "{optimizers.momentum.momentun: [0, 1]}",
            "s:5:9: unknown key 'momentun'. Did you mean 'momentum'?",
        ),
        (
            "{optimizers.momentum.learning_rate: [0.1, -1]}",
            "s:5:50: sweep.optimizers.momentum.learning_rate[1]: must be greater than 0, got -1",
        ),
        (
            "{optimizer.momentum.learning_rate: [0.1, 1]}",  # sgd, which has one too, is the first
            "names the optimizer beside its option: write optimizers.momentum.learning_rate, not",
        ),
        (
            "{optimizers.momentum.momentum: [0, x, 0,5]}",
            "s:5:43: sweep.optimizers.momentum.momentum[1]: must be a number, got 'x'",
        ),
        (
            "{optimizers.momentum.momentum: [0.5, 0, 0.5]}",
            "s:5:39: 0.5 is there twice, and both would",
        ),
        (
            "{optimizers.momentum.momentum: [0]}",
            "s:5:39: takes 2 to 16 numbers, or {from, to, count, sc",
        ),
        (
            "{optimizers.momentum.momentum: {from: 0, to: 1, count: 3, scale: log}}",
            "s:5:39: on a log scale 'from' and 'to' must be both above or both below 0",
        ),
        (
            "{optimizers.momentum.momentum: [0, 1], as: heap}",
            "s:5:51: sweep.as: must be 'grid', 'race' or 'film', got 'heap'",
        ),
    ],
)
def test_mistakes(sweep, complaint):
    with pytest.raises(UsageError) as caught:
        scene(sweep)
    said = str(caught.value)
    place = "" if complaint.startswith("s:") else "s:5:8: "
    assert said.startswith(f"{place}{complaint}")
    assert "\n" not in said


OPTAX = """
surface: ravine
optimizers: [optax.lion, {name: optax.contrib.prodigy, learning_rate: 0.1}]
learning_rate: 0.01
"""


def test_names_of_optax_with_their_dots_are_set_and_swept():
    settings = [
        "optimizers.optax.lion.b1=0.5",
        "optimizers.optax.contrib.prodigy.learning_rate=0.2",
    ]
    lion, prodigy = read_text(OPTAX, "s", settings).scene.optimizers
    assert (lion.b1, prodigy.learning_rate) == (0.5, 0.2)
    settings = ["sweep={optimizers.optax.lion.b1: [0.1, 0.2], as: race}"]
    assert [each.b1 for each in read_text(OPTAX, "s", settings).scene.optimizers[:2]] == [0.1, 0.2]


def test_two_of_one_name_are_told_apart_everywhere():
    text = "surface: styblinski_tang\noptimizers: [adam, sgd, {name: adam, b1: 0.5}]\nsteps: 80\n"
    scene = read_text(text, "scene.yaml").scene
    assert movie.stage(scene).view.names == ("Adam 1", "SGD", "Adam 2")
    assert movie.trace(scene).labels == ("adam 1", "sgd", "adam 2")
    said = movie.describe(scene)
    assert "Adam 1" in said
    assert "Adam 2" in said
    assert no_two_alike(["a 1", "a", "a"]) == ("a 1", "a 2", "a 3")


@pytest.mark.parametrize("layout", ["grid", "race", "film"])
def test_values_have_the_mark_of_the_language(layout):
    text = (
        "surface: himmelblau\noptimizers: [{name: momentum, learning_rate: 0.001}]\nsteps: 40\n"
        f"sweep: {{optimizers.momentum.momentum: [0, 0.5], as: {layout}}}\n"
        "style: {language: ru}\n"
    )
    scene = read_text(text, "scene.yaml").scene
    assert movie.solve(scene).names[1] == "momentum = 0,5"
    assert "0.5" not in movie.describe(scene)


@pytest.mark.parametrize("layout", ["grid", "race"])
def test_copies_of_one_optimizer_are_values_not_optimizers(layout):
    told = movie.describe(scene(f"{{optimizers.momentum.momentum: [0.5, 0.7, 0.9], as: {layout}}}"))
    assert "3 values of momentum from" in told
    assert "3 optimizers" not in told
    assert "4 optimizers" not in told
