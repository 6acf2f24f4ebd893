"""The answers to signals are those of the rules of the article."""

import numpy as np
import pytest

from animate.pipeline import solve
from tests.signals.scenes import scene_of

STEPS = 300
SIGNALS = {
    "spikes": "spikes",
    "rectangles": "rectangles",
    "noisy sine": '{formula: "sin(t/20)", noise: 0.5}',
    "very noisy sine": '{formula: "sin(t/20)", noise: 2}',
    "sawtooth": "sawtooth",
    "saturation": "saturation",
}


def momentum(g, eta, gamma):
    v = 0.0
    for each in g:
        v = gamma * v + eta * each
        yield -v


def rmsprop(g, eta, gamma):
    mean = 0.0
    for each in g:
        mean = gamma * mean + (1 - gamma) * each**2
        yield -eta / np.sqrt(mean + 1e-7) * each


def adadelta(g, eta, gamma, initial=0.0):
    mean, moved = 0.0, initial
    for each in g:
        mean = gamma * mean + (1 - gamma) * each**2
        step = -np.sqrt(moved + 1e-7) / np.sqrt(mean + 1e-7) * each
        moved = gamma * moved + (1 - gamma) * step**2
        yield eta * step


def adagrad(g, eta, eps):
    total = 0.0
    for each in g:
        total += each**2
        yield -eta * each / np.sqrt(total + eps)


def adam(g, eta, b1):
    mean = square = 0.0
    for t, each in enumerate(g, 1):
        mean = b1 * mean + (1 - b1) * each
        square = 0.999 * square + 0.001 * each**2
        yield -eta * (mean / (1 - b1**t)) / np.sqrt(square / (1 - 0.999**t) + 1e-7)


def adamax(g, eta, b1):
    mean = largest = 0.0
    for t, each in enumerate(g, 1):
        mean = b1 * mean + (1 - b1) * each
        largest = max(0.999 * largest, abs(each))
        yield -eta / (1 - b1**t) * mean / (largest + 1e-8)


WEIGHTS = (0.25, 0.9, 0.975)
RULES = {  # the rule of the article, how a scene writes it, and the values of its one parameter
    "momentum": (momentum, "momentum: %s", WEIGHTS),
    "rmsprop": (rmsprop, "decay: %s, eps: 1e-7", WEIGHTS),
    "adadelta": (adadelta, "rho: %s, eps: 1e-7", WEIGHTS),
    "adadelta from 50": (
        lambda g, eta, gamma: adadelta(g, eta, gamma, 50.0),
        "rho: %s, eps: 1e-7, initial: 50",
        WEIGHTS,
    ),
    "adagrad": (adagrad, "eps: %s, eps_inside: true", (1e-7, 0.1, 10.0)),
    "adam": (adam, "b1: %s, eps: 1e-7, eps_inside: true", WEIGHTS),
    "adamax": (adamax, "b1: %s", WEIGHTS),
}


@pytest.mark.parametrize("signal", SIGNALS)
def test_the_answers_are_those_of_the_rules_of_the_article(signal):
    written = [
        f"{{name: {name.split()[0]}, learning_rate: 0.25, {form % value}}}"
        for name, (_, form, values) in RULES.items()
        for value in values
    ]
    scene = scene_of(
        f"signal: {SIGNALS[signal]}\noptimizers: [{', '.join(written)}]\nsteps: {STEPS}\n"
    )
    paths = solve(scene).trajectories
    gradients = paths.gradients[0, 0, :, 0]
    wanted = np.array(
        [[*rule(gradients, 0.25, value)] for rule, _, values in RULES.values() for value in values]
    )
    np.testing.assert_allclose(paths.inside.updates[:, 0, :, 0], wanted, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(
        paths.positions[:, 0, 1:, 0], wanted[:, :-1].cumsum(axis=1), rtol=1e-9, atol=1e-9
    )
