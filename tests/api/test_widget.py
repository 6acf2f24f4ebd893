"""A scene with sliders: its paths, pictures and mistakes, as the page is told them."""

import logging
import subprocess
import sys
from io import BytesIO

import jax
import numpy as np
import pytest
from PIL import Image

import animate
from tests.api.widgets import ADAM, RATE, SGD, scene, widget


def pixels(shown):
    """The positions [optimizer, run, step, 2] that the page draws."""
    return np.frombuffer(shown.paths["positions"], "<f4").reshape(shown.paths["shape"])


def places(shown, window):
    """The same in the units of the surface."""
    left, top, right, bottom = shown.picture["box"]
    (x0, x1), (y0, y1) = window
    share = (pixels(shown).astype(float) - (left, bottom)) / (right - left, top - bottom)
    return (x0, y0) + share * (x1 - x0, y1 - y0)


BEALE = ((-1, 4.5), (-2, 2))


def test_the_first_paths_are_those_of_the_scene():
    shown = widget()
    np.testing.assert_allclose(places(shown, BEALE), scene().trace().positions, atol=1e-5)
    assert shown.values == {RATE: 0.1}
    assert shown.paths["values"] == {RATE: 0.1}
    with Image.open(BytesIO(shown.picture["png"])) as picture:
        assert picture.size == tuple(shown.picture["size"]) == (320, 240)
    assert shown.picture["alt"] == scene().describe()


def test_the_picture_tells_no_step_since_all_of_them_are_seen():
    above = []
    for steps in (20, 45):
        shown = widget(steps=steps)
        with Image.open(BytesIO(shown.picture["png"])) as picture:
            above.append(np.asarray(picture)[: int(shown.picture["box"][1])])
    np.testing.assert_array_equal(*above)


@pytest.mark.parametrize("value", [0.002, 0.37, 1])
def test_the_paths_are_those_of_the_changed_scene(value):
    shown = widget()
    shown.values = {RATE: value}
    changed = scene(optimizers=[SGD, {**ADAM, "learning_rate": value}]).trace()
    np.testing.assert_allclose(places(shown, BEALE), changed.positions, atol=1e-5)
    np.testing.assert_array_equal(shown.scene.trace().positions, changed.positions)
    losses = [each["loss"] for each in shown.paths["runs"]]
    assert [float(each) for each in losses] == pytest.approx(changed.losses[:, 0, -1], rel=1e-3)


def test_every_form_of_a_scene_takes_sliders(tmp_path):
    text = "surface: beale\noptimizers:\n- {name: adam, learning_rate: 0.1}  # mine\nsteps: 12\n"
    path = tmp_path / "race.yaml"
    path.write_text(text)
    told = []
    for given in (text, path, animate.read(text), animate.read(text, settings=["steps=12"])):
        shown = animate.Widget(given, sliders={RATE: (0.01, 1), "steps": (5, 20)})
        shown.values = {RATE: 0.5}
        assert shown.scene.to_yaml() == text.replace("0.1}", "0.5}")
        told.append(pixels(shown))
    np.testing.assert_array_equal(told, [told[0]] * 4)


def test_a_number_that_the_scene_leaves_out_is_its_usual_one():
    shown = widget(
        {"optimizers.momentum.momentum": (0, 1), "optimizers.0.learning_rate": (1e-6, 1)},
        optimizers=["momentum"],
    )
    (found,) = scene(optimizers=["momentum"]).trace().rates
    assert [*shown.values.values()] == [0.9, found]


def test_whole_numbers_stay_whole_and_wide_ranges_are_logarithmic():
    shown = widget(
        {"steps": (5, 200), "seed": (0, 900), RATE: (0.01, 1), "optimizers.1.b1": (0, 1)}
    )
    assert [(each["whole"], each["logarithmic"]) for each in shown.sliders] == [
        (True, False),
        (True, False),
        (False, True),
        (False, False),
    ]
    shown.values = {"steps": 20.3}
    assert shown.values["steps"] == 20
    assert shown.paths["shape"] == [2, 1, 21, 2]


def test_a_function_of_one_variable_has_its_paths_on_the_graph():
    shown = widget(surface="parabola", start=None)
    left, top, right, bottom = shown.picture["box"]
    graph = np.frombuffer(shown.paths["graph"], "<f4").reshape(-1, 2)
    assert (graph[0, 0], graph[-1, 0]) == pytest.approx((left, right))
    drawn = pixels(shown)[..., 0, :].reshape(-1, 2)
    height = np.interp(drawn[:, 0], graph[:, 0], graph[:, 1])
    np.testing.assert_allclose(drawn[:, 1], height, atol=0.1)
    assert ((top < height) & (height < bottom)).all()


def test_a_run_that_is_lost_says_so_and_ends():
    shown = widget({"optimizers.sgd.learning_rate": (1e-3, 10)}, steps=40)
    shown.values = {"optimizers.sgd.learning_rate": 9}
    paths = shown.scene.trace()
    assert paths.diverged(0)
    assert shown.paths["runs"][0]["loss"] == f"✕ step {paths.ends[0, 0]}"
    assert not np.isfinite(pixels(shown)[0, 0, paths.ends[0, 0] + 1 :]).any()


def test_a_mistake_is_told_and_the_last_paths_stay():
    shown = widget({RATE: (-1, 1)})
    shown.values = {RATE: 0.3}
    good = pixels(shown)
    shown.values = {RATE: -0.5}
    assert shown.paths["wrong"] == "optimizers[1].learning_rate: must be greater than 0, got -0.5"
    assert shown.paths["values"] == {RATE: -0.5}
    np.testing.assert_array_equal(pixels(shown), good)
    assert shown.scene.model.optimizers[1].learning_rate == 0.3
    shown.values = {RATE: 0.4}
    assert shown.paths["wrong"] == ""
    assert not np.array_equal(pixels(shown), good)


def test_only_the_newest_of_what_waits_is_drawn():
    shown, drawn = widget(), []

    def while_busy(change):
        drawn.append(change["new"]["values"][RATE])
        if len(drawn) == 1:
            for value in (0.3, 0.4, 0.5):
                shown.values = {RATE: value}

    shown.observe(while_busy, "paths")
    shown.values = {RATE: 0.2}
    assert drawn == [0.2, 0.5]


def test_what_the_page_sends_is_answered():
    shown = widget({RATE: (1e-3, 1), "steps": (5, 20)})
    shown.set_state({"values": {RATE: 0.25, "steps": 15}})
    assert shown.paths["values"] == {RATE: 0.25, "steps": 15}
    assert shown.paths["shape"] == [2, 1, 16, 2]


def test_the_picture_follows_when_the_page_rests():
    shown = widget({"surface.b": (1, 200)}, surface={"name": "rosenbrock"})
    before, told = dict(shown.picture), []
    shown.values = {"surface.b": 2}
    assert shown.picture == before
    shown.observe(lambda change: told.append(change["new"]), "picture")
    shown.set_state({"rest": 1})
    shown.set_state({"rest": 2})
    assert len(told) == 1
    assert shown.picture["png"] != before["png"]
    assert shown.picture["alt"] == shown.scene.describe()


def test_of_several_panels_the_map_alone_is_shown():
    split = {"contour": {"split": "optimizers"}}
    alone, among = (widget(panels=each) for each in (["contour"], ["loss", split, "relief"]))
    assert among.picture["png"] == alone.picture["png"]
    assert among.picture["box"] == alone.picture["box"]
    assert len(among.scene.model.panels.rows[0]) == 3


def test_a_window_that_changes_takes_the_paths_with_it():
    window = [[-1, 4.5], [-2, 2]]
    shown = widget(
        {"surface.window.0.1": (2, 9)}, surface={"name": "beale", "window": window}, start=[1, 1.5]
    )
    shown.values = {"surface.window.0.1": 8}
    shown.rest += 1
    found = places(shown, ((-1, 8), (-2, 2)))
    np.testing.assert_allclose(found, shown.scene.trace().positions, atol=1e-5)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        (RATE, (0.2, 0.3)),
        ("steps", (20, 30)),
        ("start.0", (0.5, 0.75)),
        ("noise.std", (0.25, 0.5)),
        ("seed", (3, 4)),
    ],
)
def test_another_number_compiles_nothing(caplog, key, values):
    shown = widget({key: (0, 100)}, noise={"std": 0.1}, start=[1, 1.5])
    shown.values = {key: values[0]}
    with caplog.at_level(logging.WARNING, "jax"), jax.log_compiles():
        shown.values = {key: values[1]}
        assert not [each for each in caplog.messages if "compil" in each.lower()]
        jax.jit(lambda x: x + 17)(1.0)
    assert shown.paths["wrong"] == ""
    assert [each for each in caplog.messages if "compil" in each.lower()]


def test_without_anywidget_it_says_what_to_install():
    program = (
        "import sys; sys.modules['anywidget'] = None\n"
        "import animate\n"
        "try: animate.Widget('surface: beale', sliders={})\n"
        "except animate.UsageError as error: print(error)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "a widget takes anywidget: pip install 'animate-optimization[notebook]'\n"


def test_it_is_a_widget_that_a_notebook_shows():
    shown = widget()
    assert isinstance(shown, animate.Widget)
    assert repr(shown) == f"<animate.Widget: {RATE} = 0.1>"
    data, _ = shown._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
