"""Basins and noise, recomputed by plain descents in NumPy."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from animate import pipeline as movie
from animate.errors import UsageError
from animate.optimizers import OPTIMIZERS
from animate.scene.load import read_text
from animate.simulate import Noise, OptimizerRun, map_basins, trace
from animate.simulate.terrain import Terrain
from tests import transcriptions

WINDOW = ((-5.5, 5.5), (-5.0, 5.0))
MINIMA = np.array(
    [
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (-3.779310253377747, -3.283185991286170),
        (3.584428340330492, -1.848126526964404),
    ]
)
REACH = 0.02 * np.hypot(11.0, 10.0)
SIDE, STEPS = 12, 120


def himmelblau(x, y):
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def slope(place):
    x, y = place
    a, b = x**2 + y - 11, x + y**2 - 7
    return np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])


def expected(descend, known=MINIMA):
    """The minimum and the step of every cell's centre, from its whole path."""
    x = -5.5 + 11 * (np.arange(SIDE) + 0.5) / SIDE
    y = -5 + 10 * (np.arange(SIDE) + 0.5) / SIDE
    which, since = np.full((SIDE, SIDE), -1), np.zeros((SIDE, SIDE), int)
    for row, column in np.ndindex(SIDE, SIDE):
        with np.errstate(over="ignore", invalid="ignore"):
            path = descend((x[column], y[row]))
            distances = np.linalg.norm(path[:, None] - known, axis=-1)
        k = int(distances[-1].argmin())
        if distances[-1, k] < REACH:
            away = np.flatnonzero(~(distances[:, k] < REACH))
            which[row, column], since[row, column] = k, away.max(initial=-1) + 1
    return which, since


@pytest.mark.parametrize(
    ("name", "rate", "options"),
    [("sgd", 0.01, {}), ("momentum", 0.01, {"momentum": 0.9}), ("adam", 0.2, {})],
)
def test_basins_are_those_of_numpys_descents(name, rate, options):
    optimizer = OptimizerRun(name, lambda eta: OPTIMIZERS[name].make(eta, **options), rate)
    found = map_basins(
        Terrain(himmelblau, WINDOW, tuple(map(tuple, MINIMA))), [optimizer], STEPS, SIDE
    )
    np.testing.assert_array_equal(found.minima, MINIMA)
    which, since = expected(lambda start: getattr(transcriptions, name)(slope, start, rate, STEPS))
    assert set(which.ravel()) >= {0, 1, 2, 3}
    assert (found.which[0] == which).mean() >= 0.99
    there = (which >= 0) & (found.which[0] == which)
    assert (found.steps[0] == since)[there].mean() >= 0.99
    assert found.longest == found.steps[found.which >= 0].max()


def test_unknown_minima_are_found_and_a_saddle_where_newton_rests_is_none():
    optimizers = [
        OptimizerRun(name, OPTIMIZERS[name].make, rate)
        for name, rate in (("sgd", 0.01), ("newton", 1.0))
    ]
    found = map_basins(Terrain(himmelblau, WINDOW), optimizers, STEPS, SIDE)
    nearest = np.linalg.norm(found.minima[:, None] - MINIMA, axis=-1).argmin(1)
    assert sorted(nearest) == [0, 1, 2, 3]
    np.testing.assert_allclose(found.minima, MINIMA[nearest], atol=REACH)
    assert (found.which[0] >= 0).all()
    assert (found.which[1] < 0).mean() > 0.1


SCENE = """
surface: {surface}
optimizers: {optimizers}
steps: 60
style: {{size: [400, 300]}}
timing: {{seconds: 1, fps: 4}}
panels: [{{basins: {{resolution: 10}}}}]
{more}
"""
ONE = "[{name: momentum, learning_rate: 0.01, momentum: 0.9}]"


def staged(surface="himmelblau", optimizers=ONE, more=""):
    scene = SCENE.format(surface=surface, optimizers=optimizers, more=more)
    return movie.stage(read_text(scene, "s").scene)


def image(axes):
    return np.asarray(axes.get_images()[0].get_array())


def maps(stage):
    """The axes of the maps."""
    return [each for each in stage.figure.axes if each.get_xlim() == WINDOW[0]]


def test_a_cell_has_its_colour_from_the_step_at_which_it_arrives():
    stage = staged()
    (axes,), found = maps(stage), stage.view.basins[10]
    stage.picture(stage.view.timeline.frames - 1)
    last = image(axes)
    reached = found.which[0] >= 0
    assert reached.any()
    for frame in (0, 2):
        stage.picture(frame)
        there = reached & (found.steps[0] <= stage.view.timeline.step_at(frame))
        assert 0 <= there.sum() < reached.sum()
        np.testing.assert_array_equal(image(axes)[there], last[there])
        assert len(np.unique(image(axes)[~there], axis=0)) == 1


def test_every_optimizer_has_a_picture_with_its_name():
    stage = staged(
        optimizers="[{name: sgd, learning_rate: 0.01}, {name: adam, learning_rate: 0.1}]"
    )
    stage.picture(stage.view.timeline.frames - 1)
    assert [axes.get_title("left") for axes in maps(stage)] == ["SGD", "Adam"]
    first, second = (image(axes) for axes in maps(stage))
    assert (first != second).any()


def test_a_sweep_has_a_picture_for_every_value():
    stage = staged(more="sweep: {optimizers.momentum.learning_rate: [0.001, 0.01, 0.02]}")
    stage.picture(stage.view.timeline.frames - 1)
    pictures = [image(axes) for axes in maps(stage)]
    assert len(pictures) == 3
    assert (pictures[0] != pictures[2]).any()


def test_a_surface_without_minima_has_no_basins():
    with pytest.raises(UsageError) as caught:
        staged(surface="saddle")
    assert str(caught.value) == (
        "'basins' needs minima, and the surface has no known one and no start "
        "comes to rest within 60 steps; give it more steps"
    )


@pytest.mark.parametrize("kind", ["multiplicative", "heavy_tailed"])
def test_noise_tilts_the_function_alike_for_every_optimizer(kind):
    noise, start, steps, rate = Noise(0.4, kind, seed=3), np.array([1.0, 1.0]), 40, 0.002
    gradients_a_step = {"sgd": 1, "momentum": 1, "nesterov": 1, "adam": 2}
    optimizers = [OptimizerRun(name, OPTIMIZERS[name].make, rate) for name in gradients_a_step]
    paths = trace(himmelblau, optimizers, np.array([[0.0, 0.0], start]), steps, noise=noise)
    xi = drawn(kind, run=1, steps=steps)
    assert len(np.unique(xi)) == 2 * steps
    for k, (name, calls) in enumerate(gradients_a_step.items()):
        each = iter(np.repeat(xi, calls, axis=0))

        def tilted(place, each=each):
            factor = next(each)
            if kind == "multiplicative":
                return slope(place) + factor * slope(place)
            return slope(place) + factor

        path = getattr(transcriptions, name)(tilted, start, rate, steps)
        np.testing.assert_allclose(paths.positions[k, 1], path, rtol=1e-8, atol=1e-10)


def drawn(kind, run, steps, std=0.4, seed=3):
    """ξ [step, 2] as documented: from the seed's key, folded with the run, then with the step."""
    with jax.enable_x64(True):
        mine = jax.random.fold_in(jax.random.key(seed), run)
        keys = jax.vmap(lambda step: jax.random.fold_in(mine, step))(jnp.arange(steps))
        if kind == "heavy_tailed":
            xi = jax.vmap(lambda key: jax.random.t(key, 2.0, (2,), jnp.float64))(keys)
        else:
            xi = jax.vmap(lambda key: jax.random.normal(key, (2,), jnp.float64))(keys)
        return std * np.asarray(xi)
