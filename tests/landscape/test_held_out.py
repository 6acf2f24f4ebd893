"""Accuracy, held-out examples and metrics of one's own: on the plane, along the paths, in words."""

import jax.numpy as jnp
import numpy as np
import optax
import pytest

from animate import pipeline as movie
from animate.errors import Remark, UsageError
from animate.networks.data import moons
from animate.networks.network import network
from animate.networks.planes import random_directions
from animate.networks.quantity import Quantity
from animate.networks.random_streams import stream
from animate.networks.training import train
from animate.scene.context import Trust
from animate.scene.load import read, read_text
from tests.figure.cards import words_on
from tests.landscape.conftest import SMALL_PICTURE

SURFACE = """
surface:
  network: {hidden: [5], activation: tanh, seed: 1}
  data: {name: moons, samples: 60, test: 0.3}
  resolution: 5
  MORE
optimizers: [{name: sgd, learning_rate: 0.3}, {name: adam, learning_rate: 0.05}]
steps: 40
batch: 20
"""
DATA = moons(samples=60, test=0.3)
PROBLEM = network(DATA, hidden=(5,), activation="tanh", seed=1)
OWN = """
import jax.numpy as jnp
def size(parameters, batch):
    return jnp.abs(parameters.layers[0].weight).sum() + batch[0].mean()
def pair(parameters, batch):
    return batch[0]
def total(parameters, batch):
    return batch[0].sum() + 100.0
def lost(parameters, batch):
    return batch[0].mean() * jnp.nan
"""


@pytest.fixture
def scene(tmp_path):
    (tmp_path / "own.py").write_text(OWN)

    def made(more="", panels="contour", surface=SURFACE):
        text = surface.replace("MORE", more) + f"panels: {panels}\n" + SMALL_PICTURE
        (tmp_path / "scene.yaml").write_text(text)
        return read(tmp_path / "scene.yaml", trust=Trust(code=True)).scene

    return made


def right(vector, examples):
    """The share of examples whose largest logit is that of their class, in NumPy."""
    weights, place = [], 0
    for shape in PROBLEM.shapes:
        size = int(np.prod(shape))
        weights.append(vector[place : place + size].reshape(shape).astype(float))
        place += size
    a, b, c, d = weights
    logits = np.tanh(examples[0] @ a.T + b) @ c.T + d
    return (logits.argmax(axis=1) == examples[1]).mean()


@pytest.mark.parametrize(("on", "examples"), [("train", DATA.train), ("test", DATA.held_out)])
def test_a_plane_of_accuracy_is_that_of_every_point(scene, on, examples):
    result = movie.solve(scene(f"plane: random\n  metric: accuracy\n  on: {on}")).result
    assert result.shown == Quantity("accuracy", on)
    options = {"starts": PROBLEM.start[None], "steps": 40, "keep": [40], "batch": 20}
    end = train(PROBLEM, optax.sgd(0.3), **options).positions[0, 0]
    plane = random_directions(end, 0)
    expected = [[right(plane.at(np.array([x, y])), examples) for x in result.x] for y in result.y]
    np.testing.assert_allclose(result.z, expected, atol=1e-6)


def test_curves_are_those_of_the_weights_on_the_path(scene):
    solved = movie.solve(scene(panels="[generalization, {generalization: {metric: accuracy}}]"))
    curves = solved.result.curves
    for quantity, examples in (("train", DATA.train), ("test", DATA.held_out)):
        start = curves[Quantity("accuracy", quantity)][:, 0]
        np.testing.assert_allclose(start, right(PROBLEM.start, examples), atol=1e-6)
        loss = float(PROBLEM.loss(jnp.asarray(PROBLEM.start), examples))
        np.testing.assert_allclose(curves[Quantity("loss", quantity)][:, 0], loss, rtol=1e-5)
    test = curves[Quantity("loss", "test")]
    assert (test[:, -1] != curves[Quantity("loss", "train")][:, -1]).all()


def test_generalization_draws_both_for_every_optimizer(scene):
    stage = movie.stage(scene(panels="{generalization: {metric: accuracy}}"))
    (axes,) = (each for each in stage.figure.axes if each.get_ylabel() == "accuracy")
    names = [text.get_text() for text in axes.get_legend().get_texts()]
    assert names == ["training", "held out"]
    low, high = axes.get_ylim()
    for on in ("train", "test"):
        each = stage.view.result.curves[Quantity("accuracy", on)]
        assert low <= each.min() <= each.max() <= high


def test_planes_side_by_side_have_one_scale_and_say_what_they_are(scene):
    panels = "[[{plane: {metric: accuracy}}, {plane: {metric: accuracy, on: test}}]]"
    stage = movie.stage(scene(panels=panels))
    said = [text.get_text() for axes in stage.figure.axes for text in axes.texts]
    assert "accuracy" in said
    assert "accuracy, held out" in said
    planes = stage.view.result.planes
    assert set(planes) == {Quantity(), Quantity("accuracy"), Quantity("accuracy", "test")}


def test_the_ends_are_told_in_numbers(scene):
    solved = movie.solve(scene())
    finals = solved.result.finals
    assert set(finals) == {
        Quantity(m, on) for m in ("loss", "accuracy") for on in ("train", "test")
    }
    shares = [f"{100 * finals[Quantity('accuracy', on)][0]:.1f}" for on in ("train", "test")]
    first = " / ".join(f"{share.removesuffix('.0')}%" for share in shares)
    assert f"Last accuracy, training / held out: {first} for SGD; " in solved.finding
    assert "Last loss, training / held out: " in solved.finding


def test_a_metric_of_ones_own_is_shown(scene):
    solved = movie.solve(scene("metric: {python: 'own:size'}\n  plane: random"))
    assert solved.quantity == "own metric"
    inputs = DATA.train[0].mean()
    start = np.abs(PROBLEM.start[: 5 * 2]).sum() + inputs
    curves = movie.solve(
        scene("metric: {python: 'own:size'}", panels="{generalization: {metric: own}}")
    ).result.curves
    np.testing.assert_allclose(curves[Quantity("own")][0, 0], start, rtol=1e-5)


def test_some_of_the_examples_have_a_standard_error(scene):
    solved = movie.solve(scene("samples: 20\n  plane: random"))
    assert solved.result.facts["samples"] == 20
    assert "The plane is of 20 of the 42 examples" in solved.finding
    every = "samples: 42 are all of the 42 examples, so the plane is over all of them"
    with pytest.warns(Remark, match=every):
        everyone = movie.solve(scene("samples: 42\n  plane: random")).result
    assert "samples" not in everyone.facts
    error = solved.result.facts["standard_error"]
    assert 0 < np.abs(solved.result.z - everyone.z).min() < 6 * error


def test_some_of_the_examples_do_not_stand_for_all_where_there_is_no_mean(scene):
    with pytest.raises(UsageError) as told:
        movie.solve(scene("samples: 20\n  metric: {python: 'own:total'}"))
    drawn = np.sort(stream(0, "samples").choice(42, 20, replace=False))
    chosen = np.asarray(DATA.train[0])[drawn]
    whole, halves = chosen.sum() + 100.0, [chosen[:10].sum() + 100.0, chosen[10:].sum() + 100.0]
    assert str(told.value) == (
        "samples: some of the examples stand for all, and own:total is not their mean (over 20 of "
        f"them {whole:.6g}, of the means over 10 {np.mean(halves):.6g}); let it be a mean, without "
        "statistics of the batch, or leave samples out"
    )


@pytest.mark.parametrize(
    ("more", "panels", "sentence"),
    [
        (
            "metric: {python: 'own:lost'}",
            "contour",
            "own:lost is a finite number at no point of the plane: nothing can be drawn",
        ),
        (
            "metric: {python: 'own:lost'}\n  on: test",
            "contour",
            "own:lost over the held-out examples is a finite number at no point of the plane: "
            "nothing can be drawn",
        ),
    ],
)
def test_a_metric_without_a_finite_number_is_told(scene, more, panels, sentence):
    with pytest.raises(UsageError) as told:
        movie.solve(scene(more, panels))
    assert str(told.value) == sentence


@pytest.mark.parametrize(
    ("more", "panels", "sentence"),
    [
        (
            "on: test",
            "contour",
            "test needs held-out examples; give the Problem, or the data, `test`",
        ),
        (
            "",
            "generalization",
            "'generalization' needs held-out examples; give the Problem, or the data, `test`",
        ),
        (
            "",
            "{plane: {metric: own}}",
            "'plane' needs a metric of your own; name it as the surface's metric: {python: "
            "module:name}",
        ),
        (
            "metric: {python: 'own:pair'}",
            "contour",
            "own:pair(parameters, batch) must be one real number, the mean over the examples; it "
            "gave float32 of shape [60, 2]",
        ),
    ],
)
def test_what_the_problem_does_not_bring_is_told(scene, more, panels, sentence):
    with pytest.raises(UsageError) as told:
        movie.solve(scene(more, panels, SURFACE.replace("test: 0.3", "test: 0.0")))
    assert str(told.value) == sentence


@pytest.mark.parametrize("size", [(640, 480), (600, 750)])
def test_the_clip_ends_with_the_last_losses_over_both_sets(size):
    looks = f"style: {{size: {list(size)}}}\ntiming: {{seconds: 0.2, hold: 0.2}}\n"
    made = read_text(SURFACE.replace("MORE", "") + "panels: contour\n" + looks, "x").scene
    solved = movie.solve(made)
    ready = movie.play(made, solved)
    ready.picture(ready.count - 1)
    told = " ".join(words_on(ready))
    for k in range(2):
        loss, held = (
            ready.view.words.number(float(solved.result.finals[Quantity("loss", on)][k]), 3)
            for on in ("train", "test")
        )
        assert f"{loss}, held out {held}" in told
