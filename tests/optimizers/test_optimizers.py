"""What the transcriptions cannot say of optimizers: randomness, line search, optax, modifiers."""

from itertools import pairwise

import jax.numpy as jnp
import numpy as np
import optax
import pytest

from animate.errors import UsageError
from animate.optimizers import OPTIMIZERS, modified, optax_optimizer
from animate.scene import RaceScene
from animate.scene.load import read_text
from animate.simulate import Noise, OptimizerRun, trace
from animate.sources.race import prepare
from tests import transcriptions


def bowl(x, y):
    return 2 * x**2 + 0.5 * y**2


def _level(x, y):
    return 0 * x * y


def slope(p):
    return np.array([4.0, 1.0]) * p


def path(make, rate, start=(1.0, 2.0), steps=20, loss=bowl, **facts):
    optimizer = OptimizerRun("one", make, rate, facts.pop("seed", None))
    return trace(
        loss, [optimizer], np.atleast_2d(np.array(start, float)), steps, **facts
    ).positions[0]


class TestPushes:
    """With f = 2x² + y²/2 every push can be computed back from the path."""

    RADIUS, WAIT, RATE = 0.2, 5, 0.01

    def pushes(self, seed=0, runs=1, steps=60):
        def make(rate):
            return OPTIMIZERS["perturbed_gradient_descent"].make(
                rate, radius=self.RADIUS, threshold=1e9, wait=self.WAIT
            )

        places = path(make, self.RATE, np.ones((runs, 2)), steps, seed=seed)
        return places[:, 1:] / (1 - self.RATE * np.array([4.0, 1.0])) - places[:, :-1]

    def test_come_at_once_and_then_after_more_than_wait_updates(self):
        lengths = np.linalg.norm(self.pushes()[0], axis=-1)
        assert list(np.flatnonzero(lengths > 1e-9)) == list(range(0, 60, self.WAIT + 1))

    def test_are_even_in_the_ball(self):
        pushes = self.pushes(runs=400)[:, 0]
        lengths = np.linalg.norm(pushes, axis=-1) / self.RADIUS
        assert lengths.max() <= 1
        for radius in (0.3, 0.5, 0.8):
            assert np.mean(lengths < radius) == pytest.approx(radius**2, abs=0.07)
        assert np.abs(pushes.mean(0)).max() < 0.02

    def test_come_from_the_seed(self):
        np.testing.assert_array_equal(self.pushes(seed=4), self.pushes(seed=4))
        assert np.abs(self.pushes(seed=4) - self.pushes(seed=5)).max() > 0.01

    def test_come_only_where_the_gradient_is_small(self):
        make = OPTIMIZERS["perturbed_gradient_descent"].make
        steep = path(make, self.RATE, (1.0, 2.0), 20, seed=0)
        plain = transcriptions.sgd(slope, (1.0, 2.0), self.RATE, 20)
        np.testing.assert_allclose(steep[0], plain, rtol=1e-12)

    def test_owe_nothing_to_the_noise(self):
        noise = Noise(1.0, seed=0)
        noisy = path(OPTIMIZERS["sgd"].make, 1.0, (0.0, 0.0), 1, _level, noise=noise)
        push = self.pushes(seed=0)[0, 0]
        xi = -noisy[0, 1]
        assert abs(np.dot(push, xi)) / np.linalg.norm(push) / np.linalg.norm(xi) < 0.999


def test_lbfgs_goes_along_the_two_loop_direction_and_obeys_wolfe():
    def f(p):
        return (1 - p[0]) ** 2 + 50 * (p[1] - p[0] ** 2) ** 2

    def g(p):
        x, y = p
        return np.array([-2 * (1 - x) - 200 * x * (y - x**2), 100 * (y - x**2)])

    def rosenbrock(x, y):
        return (1 - x) ** 2 + 50 * (y - x**2) ** 2

    places = path(OPTIMIZERS["lbfgs"].make, 1.0, (-1.2, 1.0), 45, rosenbrock)[0]
    assert f(places[-1]) < 1e-12
    pairs = []
    for here, there in pairwise(places[:19]):
        direction = _two_loop(g(here), pairs[-10:])
        move = there - here
        assert _cosine(direction, move) == pytest.approx(1, abs=1e-9)
        assert f(there) <= f(here) + 1e-4 * move @ g(here)
        assert abs(move @ g(there)) <= 0.9 * abs(move @ g(here))
        pairs.append((move, g(there) - g(here)))


def _two_loop(gradient, pairs):
    """−H g of L-BFGS (Nocedal, 1980), newest pair last."""
    q, shares = gradient.copy(), []
    for s, y in reversed(pairs):
        share = s @ q / (s @ y)
        q -= share * y
        shares.append(share)
    if pairs:
        s, y = pairs[-1]
        q *= s @ y / (y @ y)
    for (s, y), share in zip(pairs, reversed(shares), strict=True):
        q += s * (share - y @ q / (s @ y))
    return -q


def _cosine(a, b):
    return a @ b / np.linalg.norm(a) / np.linalg.norm(b)


def test_newton_is_drawn_to_a_saddle_and_its_relative_is_not():
    def saddle(x, y):
        return x**2 - y**2

    newton = path(OPTIMIZERS["newton"].make, 1.0, (1.0, 0.5), 1, saddle)[0]
    free = path(OPTIMIZERS["saddle_free_newton"].make, 1.0, (1.0, 0.5), 1, saddle)[0]
    np.testing.assert_allclose(newton[-1], (0, 0), atol=1e-12)
    np.testing.assert_allclose(free[-1], (1 - 2 / 2.001, 0.5 + 1 / 2.001), rtol=1e-9)


def test_gradient_flow_of_a_bowl_is_its_exponential_under_a_schedule_too():
    def schedule(count):
        return 0.05 / (1 + count)

    make = OPTIMIZERS["gradient_flow"].make
    times = np.concatenate([[0], np.cumsum(0.05 / (1 + np.arange(20)))])
    expected = np.array([1.0, 2.0]) * np.exp(-times[:, None] * np.array([4.0, 1.0]))
    np.testing.assert_allclose(path(make, schedule)[0], expected, rtol=1e-8)


class TestModifiers:
    @pytest.mark.parametrize("name", ["sgd", "nesterov", "sam", "adam"])
    def test_clip_holds_wherever_the_method_looks(self, name):
        def clipped_slope(p):
            return slope(p) * min(1.0, 0.5 / np.linalg.norm(slope(p)))

        make = OPTIMIZERS[name].make
        found = path(lambda rate: modified(make(rate), rate, clip=0.5), 0.05)[0]
        expected = getattr(transcriptions, name)(clipped_slope, (1.0, 2.0), 0.05, 20)
        np.testing.assert_allclose(found, expected, rtol=1e-9)

    def test_clip_leaves_the_curvature_alone(self):
        make = OPTIMIZERS["newton"].make
        found = path(lambda rate: modified(make(rate), rate, clip=0.5), 1.0, steps=1)[0]
        gradient = slope(np.array([1.0, 2.0]))
        short = gradient * 0.5 / np.linalg.norm(gradient)
        np.testing.assert_allclose(found[1], np.array([1.0, 2.0]) - short / [4.0, 1.0])

    def test_weight_decay_pulls_apart_from_the_gradient(self):
        make = OPTIMIZERS["adam"].make
        found = path(lambda rate: modified(make(rate), rate, weight_decay=0.1), 0.05)[0]
        expected = transcriptions.adamw(slope, (1.0, 2.0), 0.05, 20, decay=0.1)
        np.testing.assert_allclose(found, expected, rtol=1e-9)

    def test_the_scene_hands_them_on(self):
        scene = RaceScene.model_validate(
            {
                "surface": "sphere",
                "start": [1.0, 2.0],
                "steps": 5,
                "learning_rate": 0.1,
                "optimizers": [
                    {"name": "sgd", "clip": 1.0},
                    {"name": "sgd", "weight_decay": 0.5},
                    {"name": "adamw", "weight_decay": 0.5},
                    "adamw",
                ],
            }
        )
        found = [racer.make(0.1) for racer in prepare(scene, ()).runs]
        place, gradient = jnp.array([1.0, 2.0]), jnp.array([3.0, 4.0])
        first = [
            np.asarray(
                optax.with_extra_args_support(each).update(
                    gradient, each.init(place), place, value_fn=lambda p: (p**2).sum()
                )[0]
            )
            for each in found
        ]
        np.testing.assert_allclose(first[0], [-0.06, -0.08], rtol=1e-6)
        np.testing.assert_allclose(first[1], [-0.3 - 0.05, -0.4 - 0.1], rtol=1e-6)
        np.testing.assert_allclose(first[2], [-0.1 - 0.05, -0.1 - 0.1], rtol=1e-5)
        np.testing.assert_allclose(first[3], [-0.1, -0.1], rtol=1e-3)


class TestOptaxByName:
    @pytest.mark.parametrize(
        ("given", "twin"),
        [
            ("optax.adabelief", optax.adabelief(0.1)),
            ({"name": "optax.lion", "b1": 0.8}, optax.lion(0.1, b1=0.8)),
            ({"name": "optax.polyak_sgd", "max_learning_rate": 0.1}, optax.polyak_sgd(0.1)),
            ("optax.contrib.prodigy", optax.contrib.prodigy(0.1)),
        ],
    )
    def test_runs_as_optax_runs_it(self, given, twin):
        scene = RaceScene.model_validate(
            {"surface": "sphere", "learning_rate": 0.1, "optimizers": [given]}
        )
        (racer,) = prepare(scene, ()).runs
        assert racer.rate == 0.1
        np.testing.assert_allclose(
            path(racer.make, 0.1, steps=5)[0], path(lambda _: twin, 0.1, steps=5)[0]
        )

    def test_learning_rate_where_optax_has_a_default(self):
        scene = RaceScene.model_validate({"surface": "sphere", "optimizers": ["optax.lbfgs"]})
        assert prepare(scene, ()).runs[0].rate == 1.0

    @pytest.mark.parametrize(
        ("line", "complaint"),
        [
            (
                "optax.lyon",
                "s:2:14: optax has no optimizer named 'optax.lyon'. Did you mean 'optax.lion'?",
            ),
            (
                "{name: optax.lion, weight_decy: 1}",
                "s:2:33: unknown key 'weight_decy'. Did you mean 'weight_decay'?",
            ),
            (
                "{name: optax.lion, b1: big}",
                "s:2:37: optimizers[0].b1: must be a number, got 'big'",
            ),
            (
                "{name: optax.adam, b2: 1}",
                "s:2:37: optimizers[0].b2: must be less than 1, got 1",
            ),
            (
                "{name: optax.sgd, momentum: .inf}",
                "s:2:42: optimizers[0].momentum: must be a finite number, got inf",
            ),
            (
                "{name: optax.polyak_sgd, variant: huge}",
                "s:2:14: optax.polyak_sgd cannot run like this: Invalid argument value "
                "for Polyak SGD: variant='huge'",
            ),
        ],
    )
    def test_mistakes(self, line, complaint):
        with pytest.raises(UsageError) as caught:
            read_text(f"surface: beale\noptimizers: [{line}]\n", "s")
        assert str(caught.value) == complaint

    def test_transformations_that_do_not_descend_are_no_optimizers(self):
        for name in ("optax.scale_by_adam", "optax.clip", "optax.contrib.scale_by_madgrad"):
            with pytest.raises(UsageError):
                optax_optimizer(name)


def test_rprop_takes_no_schedule():
    with pytest.raises(UsageError) as caught:
        OPTIMIZERS["rprop"].make(optax.cosine_decay_schedule(0.1, 10))
    assert str(caught.value) == (
        "rprop finds its own steps: its learning_rate is the size of the first one, a number and "
        "not a schedule"
    )
