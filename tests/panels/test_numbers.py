"""The numbers in the panels, recomputed from the traced paths without the program's help."""

import numpy as np
import pytest
from matplotlib.text import Text

from animate.errors import UsageError
from animate.panels import Curvature, Slice
from animate.pipeline import stage, trace
from animate.scene.load import read_text
from tests.pictures import at, drawn, first_panel

BEALE = """
surface: beale
steps: 12
start: [1.0, 1.5]
optimizers:
  - {name: sgd, learning_rate: 0.01}
  - {name: momentum, learning_rate: 0.005, momentum: 0.8}
  - {name: nesterov, learning_rate: 0.005, momentum: 0.8}
  - {name: adagrad, learning_rate: 0.4}
  - {name: rmsprop, learning_rate: 0.05}
  - adadelta
  - {name: adam, learning_rate: 0.1}
  - {name: adamax, learning_rate: 0.1}
panels: [%s]
"""
NAMES = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam", "adamax")


def beale(x, y):
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def slope(place, h=1e-6):
    """Central differences; their error here is below 1e-7 of the gradient."""
    steps = h * np.eye(2)
    return np.array([(beale(*(place + s)) - beale(*(place - s))) / (2 * h) for s in steps])


def bend(place, h=1e-4):
    steps = h * np.eye(2)
    return np.array(
        [
            [
                beale(*(place + a + b))
                - beale(*(place + a - b))
                - beale(*(place - a + b))
                + beale(*(place - a - b))
                for b in steps
            ]
            for a in steps
        ]
    ) / (4 * h * h)


def shown(panel, scene=BEALE):
    """The values that the scene's one panel draws, and the view that it draws them from."""
    ready = stage(read_text(scene % panel, "x.yaml").scene)
    panel = first_panel(read_text(scene % panel, "x.yaml").scene)
    return panel.values(ready.view, ready.view), ready.view


@pytest.fixture(scope="module")
def paths():
    return trace(read_text(BEALE % "contour", "x.yaml").scene).positions[:, 0]


def gradients_along(path):
    return np.array([slope(place) for place in path])


def test_gradient_norm_and_distance(paths):
    values, _ = shown("gradient_norm")
    expected = [[np.hypot(*slope(place)) for place in path] for path in paths]
    np.testing.assert_allclose(values[:, 0], expected, rtol=1e-6)
    values, _ = shown("distance")
    np.testing.assert_allclose(values[:, 0], np.hypot(*(paths - [3.0, 0.5]).transpose(2, 0, 1)))


def test_distance_is_to_the_nearest_of_several_minima():
    scene = BEALE.replace("surface: beale", "surface: six_hump_camel")
    values, view = shown("distance", scene)
    assert len(view.terrain.minima) == 2
    for path, found in zip(view.trajectories.positions[:, 0], values[:, 0], strict=True):
        every = [np.hypot(*(path - minimum).T) for minimum in view.terrain.minima]
        np.testing.assert_allclose(found, np.min(every, axis=0))


def test_a_surface_without_known_minima_has_no_distance():
    scene = BEALE.replace("surface: beale", "surface: monkey_saddle")
    with pytest.raises(UsageError) as caught:
        shown("distance", scene)
    assert str(caught.value) == (
        "'distance' is measured to the nearest known minimum, and the surface "
        "'monkey_saddle' has none; leave it out, or show 'gradient_norm'"
    )


def test_a_surface_of_ones_own_is_told_what_has_no_need_of_minima():
    own = BEALE.replace("surface: beale", "surface: {formula: x * y, window: [[-2, 2], [-2, 2]]}")
    with pytest.raises(UsageError, match="is sure to be the lowest; show 'loss' or "):
        shown("distance", own)


def test_curvature_and_the_number_of_ways_down(paths):
    values, _ = shown("curvature")
    expected = np.array(
        [[np.linalg.eigvalsh(bend(place))[::-1] for place in path] for path in paths]
    )
    np.testing.assert_allclose(values[:, 0], expected, rtol=1e-4, atol=1e-3)
    ready = stage(read_text(BEALE % "curvature", "x.yaml").scene)
    _, drawing = drawn(Curvature(), ready.view)
    for step in (0, 3, 12):
        drawing.show(at(step))
        said = [int(each.get_text()) for each in drawing.artists if isinstance(each, Text)]
        assert said == [(pair < 0).sum() for pair in expected[:, step]]


def test_the_velocity_of_momentum_and_nesterov(paths):
    values, _ = shown("{memory: {of: velocity}}")
    for k in (1, 2):
        v, drawn = np.zeros(2), values[k, 0]
        for step, place in enumerate(paths[k]):
            np.testing.assert_allclose(drawn[step], v, rtol=1e-5, atol=1e-9)
            ahead = place - 0.8 * v if NAMES[k] == "nesterov" else place
            v = 0.8 * v + 0.005 * slope(ahead)
    assert np.isnan(values[0]).all(), "SGD keeps nothing"


def test_the_accumulated_squares():
    values, view = shown("{memory: {of: squares}}")
    paths = view.trajectories.positions[:, 0]
    for k, name in enumerate(NAMES):
        kept = np.zeros(2)
        for step, place in enumerate(paths[k]):
            if name not in ("sgd", "momentum", "nesterov"):
                np.testing.assert_allclose(values[k, 0, step], kept, rtol=1e-5, err_msg=name)
            g = slope(place)
            if name == "adagrad":
                kept = kept + g**2
            elif name in ("rmsprop", "adadelta"):
                kept = 0.9 * kept + 0.1 * g**2
            elif name == "adam":
                kept = 0.999 * kept + 0.001 * g**2
            elif name == "adamax":
                kept = np.maximum(0.999 * kept, abs(g))


def test_the_effective_rate(paths):
    values, _ = shown("step_size")
    rates = {"sgd": 0.01, "momentum": 0.005, "nesterov": 0.005}
    for k, name in enumerate(NAMES):
        g = gradients_along(paths[k])
        t = np.arange(1, len(g) + 1)[:, None]
        if name in rates:
            expected = np.full_like(g, rates[name])
        elif name == "adagrad":
            expected = 0.4 / np.sqrt(np.cumsum(g**2, axis=0))
        elif name == "rmsprop":
            expected = 0.05 / np.sqrt(decayed(g**2, 0.9))
        elif name == "adadelta":
            moved = np.diff(paths[k], axis=0)
            expected = np.abs(np.concatenate([moved, np.full((1, 2), np.nan)]) / g)
        elif name == "adam":
            expected = 0.1 / np.sqrt(decayed(g**2, 0.999) / (1 - 0.999**t))
        else:
            largest = np.zeros(2)
            sizes = [largest := np.maximum(0.999 * largest, abs(each)) for each in g]
            expected = 0.1 / np.array(sizes)
        known = np.isfinite(expected)
        np.testing.assert_allclose(values[k, 0][known], expected[known], rtol=1e-4, err_msg=name)


def test_the_effective_rate_goes_on_where_the_gradient_is_0():
    scene = """
signal: spikes
optimizers: [{name: rmsprop, learning_rate: 1}, {name: adagrad, learning_rate: 1}, momentum, lion]
panels: [%s]
"""
    values, view = shown("step_size", scene)
    rates = values[:, 0]
    spikes = np.flatnonzero(view.inside.gradients[0, 0, :, 0])
    first, second = spikes[:2]
    assert not view.inside.gradients[0, 0, first + 1 : second].any()
    assert np.isfinite(rates[[0, 2]]).all()
    between = rates[0, first + 1 : second]
    np.testing.assert_allclose(between[1:] / between[:-1], 0.9**-0.5, rtol=1e-5)
    np.testing.assert_allclose(rates[1, first : second - 1], 1, rtol=1e-6)
    np.testing.assert_allclose(rates[2], 1)


def decayed(values, rate):
    """Running means that begin at 0."""
    kept = np.zeros(values.shape[1])
    return np.array([kept := rate * kept + (1 - rate) * each for each in values])


def test_memory_says_what_there_is():
    with pytest.raises(UsageError, match=r"'memory' finds no steps in SGD; they keep none$"):
        shown("{memory: {of: steps}}", ONE)
    with pytest.raises(UsageError, match=r"finds no state in SGD; they keep none$"):
        shown("memory", ONE)
    with pytest.raises(UsageError, match=r"finds no velocity in Adam; there is mean, squares$"):
        shown("{memory: {of: velocity}}", ONE.replace("sgd", "adam"))


ONE = """
surface: {formula: "x**2 + 4*y**2", window: [[-2, 2], [-2, 2]]}
steps: 5
start: [1.0, 0.5]
optimizers: [{name: sgd, learning_rate: 0.1}]
panels: [%s]
"""


@pytest.mark.parametrize("along", ["update", "gradient"])
def test_the_slice_is_the_loss_along_the_step(along):
    ready = stage(read_text(ONE % f"{{slice: {{along: {along}}}}}", "x.yaml").scene)
    axes, drawing = drawn(Slice(along=along), ready.view)
    curve, ring, disc = axes.lines[1:]
    place = np.array([1.0, 0.5])
    for step in range(3):
        g = np.array([2 * place[0], 8 * place[1]])
        drawing.show(at(step + 0.25))
        places, losses = curve.get_data()
        line = place - np.outer(places, 0.1 * g)
        np.testing.assert_allclose(losses, line[:, 0] ** 2 + 4 * line[:, 1] ** 2)
        after = place - 0.1 * g
        np.testing.assert_allclose(ring.get_data(), [[1.0], [after[0] ** 2 + 4 * after[1] ** 2]])
        now = place - 0.025 * g
        np.testing.assert_allclose(disc.get_data(), [[0.25], [now[0] ** 2 + 4 * now[1] ** 2]])
        place = after


@pytest.mark.parametrize("levels", [24, 25, 1])
def test_the_colour_of_a_constant_surface_is_the_one_that_it_has(levels: int) -> None:
    text = (
        'surface: {formula: "7", window: [[-1, 1], [-1, 1]]}\noptimizers: [sgd]\nsteps: 3\n'
        f"learning_rate: 0.1\npanels: {{contour: {{levels: {levels}}}}}\n"
    )
    ready = stage(read_text(text, "scene.yaml").scene)
    terrain, key = (np.asarray(axes.images[0].get_array()) for axes in ready.figure.axes)
    assert key.shape == (1, 1, 3)
    assert np.abs(terrain / 255 - key).max() < 1 / 255
    assert [each.get_text() for each in ready.figure.texts][-3:] == ["", "7", "loss"]
