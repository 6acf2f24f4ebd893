"""The panel `spectral_density`: the curves, their ends, and what is told of the estimate."""

import jax
import numpy as np
import optax
import pytest
from matplotlib.colors import to_rgba

from animate import pipeline as movie
from animate.errors import SceneError
from animate.networks.data import moons
from animate.networks.network import network
from animate.networks.training import train
from animate.scene.load import read_text
from animate.text import Words

SCENE = """
surface:
  network: {hidden: [9], activation: tanh, seed: 1}
  data: {name: moons, samples: 60, test: 0.3}
  resolution: 5
optimizers: [{name: sgd, learning_rate: 0.3}, {name: adam, learning_rate: 0.05}]
steps: 40
batch: full
"""
STEPS = 40


def scene(panels="spectral_density", language="en", size=(480, 360)):
    text = (
        f"{SCENE}panels: {panels}\ntiming: {{seconds: 2, fps: 10}}\n"
        f"style: {{size: {list(size)}, language: {language}}}\n"
    )
    return read_text(text, "scene.yaml").scene


@pytest.fixture(scope="module")
def ends():
    """All eigenvalues of the dense Hessian at the start, and at the end of each path."""
    problem = network(moons(samples=60, test=0.3), hidden=(9,), activation="tanh", seed=1)
    options = {"starts": problem.start[None], "steps": STEPS, "keep": [STEPS]}
    hessian = jax.jit(jax.hessian(lambda at: problem.loss(at, problem.data)))
    runs = (train(problem, each, **options) for each in (optax.sgd(0.3), optax.adam(0.05)))
    points = [problem.start, *(run.positions[0, 0] for run in runs)]
    return [np.linalg.eigvalsh(np.asarray(hessian(each), np.float64)) for each in points]


def axes_of(ready):
    (axes,) = (
        each for each in ready.figure.axes if each.get_ylabel().startswith(("spectral", "спектр"))
    )
    return axes


def drawn(ready):
    """Of each optimizer its curve [2, place], and the eigenvalues where its heads are."""
    lines = [line for line in axes_of(ready).lines if len(line.get_xdata())]
    curves = [np.array(line.get_data()) for line in lines if len(line.get_xdata()) > 2]
    heads = [np.array(line.get_xdata()) for line in lines if len(line.get_xdata()) == 2]
    return curves, heads


def test_heads_are_at_the_extreme_eigenvalues_when_the_clip_begins_and_when_it_ends(ends):
    ready = movie.stage(scene())
    for frame, expected in ((0, [ends[0]] * 2), (ready.view.timeline.frames - 1, ends[1:])):
        ready.picture(frame)
        _, heads = drawn(ready)
        assert len(heads) == 2
        for found, values in zip(heads, expected, strict=True):
            np.testing.assert_allclose(found, values[[0, -1]], atol=1e-3 * np.abs(values).max())


def test_the_curves_have_an_area_of_one_and_the_mean_of_the_dense_eigenvalues(ends):
    ready = movie.stage(scene())
    ready.picture(ready.view.timeline.frames - 1)
    curves, _ = drawn(ready)
    assert axes_of(ready).get_yscale() == "log"
    bottom = axes_of(ready).get_ylim()[0]
    for (places, drawn_at), values in zip(curves, ends[1:], strict=True):
        density = np.where(drawn_at > bottom, drawn_at, 0.0)
        np.testing.assert_allclose(np.trapezoid(density, places), 1.0, atol=0.01)
        mean = np.trapezoid(density * places, places)
        assert abs(mean - values.mean()) < 0.3 * np.abs(values).mean()


def words_in(ready):
    return {each.get_text(): each for axes in ready.figure.axes for each in axes.texts}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_is_told_what_the_estimate_is_from_when_and_where_it_ends(ends, language):
    ready = movie.stage(scene(language=language))
    ready.picture(ready.view.timeline.frames - 1)
    words, said = Words(language), words_in(ready)
    assert words("estimated by probes", probes=8, iterations=len(ends[0])) in said
    low, high = axes_of(ready).get_xlim()
    width = words.number((high - low) / 250, 2)
    assert words("smoothed at step", step=STEPS, width=width) in said
    spectra = ready.view.result.spectra
    for k, colour in enumerate(ready.view.colours):
        low, high = (words.number(float(each), 3) for each in spectra.ends[k, -1])
        text = said[words("ends of the spectrum", low=low, high=high)]
        assert text.get_visible()
        assert to_rgba(text.get_color()) == to_rgba(colour)


def test_between_two_steps_the_earlier_density_is_shown():
    ready = movie.stage(scene())
    spectra, steps = ready.view.result.spectra, ready.view.result.steps
    known = steps[spectra.known[0]]
    assert len(known) == 9
    assert known[[0, -1]].tolist() == [0, STEPS]
    timeline, seen = ready.view.timeline, set()
    for frame in range(timeline.frames):
        ready.picture(frame)
        now = next(
            step for step in known if any(f"at step {step}," in each for each in words_in(ready))
        )
        later = known[known > now]
        clock = timeline.step_at(frame)
        assert now <= clock + 1e-6
        assert not len(later) or clock < later[0]
        _, heads = drawn(ready)
        kept = int(np.flatnonzero(steps == now)[0])
        for k, found in enumerate(heads):
            np.testing.assert_array_equal(found, spectra.ends[k, kept])
        seen.add(int(now))
    assert len(seen) == 9


@pytest.mark.parametrize(("size", "visible"), [((640, 480), True), ((320, 240), False)])
def test_numbers_stand_inside_the_axes_or_are_left_out(size, visible):
    ready = movie.stage(scene("[[contour, spectral_density]]", size=size))
    ready.picture(ready.view.timeline.frames - 1)
    axes = axes_of(ready)
    inside = [each for each in axes.texts if "λ" in each.get_text()]
    assert [each.get_visible() for each in inside] == [visible] * 2
    for each in inside if visible else ():
        box, room = each.get_window_extent(), axes.get_window_extent()
        assert room.x0 <= box.x0 < box.x1 <= room.x1
        assert room.y0 <= box.y0 < box.y1 <= room.y1


def test_a_network_alone_has_it_and_nothing_is_computed_that_nobody_shows():
    assert movie.solve(scene("contour")).result.spectra is None
    with pytest.raises(SceneError, match=r"'spectral_density' shows .* only; leave it out"):
        read_text("surface: beale\noptimizers: [sgd]\npanels: spectral_density\n", "x.yaml")
