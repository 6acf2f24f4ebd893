"""The scenes of the article on optimizers: where their runs end, and that both languages draw."""

from pathlib import Path

import numpy as np
import pytest

from animate.pipeline import stage, trace
from animate.scene.load import read
from tests import transcriptions

ARTICLE = Path(__file__).parents[1] / "scenes" / "article"
EXPERIMENTS = sorted((ARTICLE / "experiments").glob("*.yaml"))
TOLD = sorted([*EXPERIMENTS, *(ARTICLE / "signals").glob("*.yaml"), *ARTICLE.glob("1[45]_*.yaml")])
START, WEIGHTS = (-2.8, -2.5), (0.25, 0.9, 0.975)
RATES = {"nesterov": 0.01, "rmsprop": 0.25, "adadelta": 100, "adagrad": 1, "adam": 0.25}


def bell(x, y, a=1.0, b=1.0):
    return np.exp(-(a * x**2 + b * y**2))


SURFACES = {
    "wobbly": lambda x, y: (
        (x * x + y * y) / 3
        + abs(x) * np.sqrt(abs(x) + 0.1)
        + 3 * np.sin(x + y)
        + 3
        + 8 * bell(x + 1, y + 2, 2, 2)
    ),
    "basins_and_walls": lambda x, y: (x * x + y * y) / 2 + np.sin(4 * x) ** 2,
    "giant_plateau": lambda x, y: 4 * (1 - bell(x, y)),
    "hills_and_canyon": lambda x, y: (
        (x * x + y * y) / 3
        + 3 * bell(x + 1, y + 2)
        + bell(x + 2, y - 0.5, 3, 1.5)
        + 3 * bell(x - 1, y + 1.5, 1.5, 3)
        + 1.5 * bell(x + 1.5, y + 0.5, 1, 3)
        + 4 * (1 - np.exp(-((x + y) ** 2)))
    ),
    "bad_init": lambda x, y: 4 - bell(x + 2.5, y + 2.5) / 2 - 3 * bell(x, y),
}
ENDS = {  # of the article's own script, by scene and number of the optimizer
    "07_hills_and_canyon_nesterov": {1: (-2.03, -1.08), 2: (-0.16, 0.19)},
    "08_hills_and_canyon_methods": {0: (-2.03, -1.08), 4: (-0.04, 0.07)},
}
RATTLING = {"rmsprop", "adadelta"}
"""Methods that never rest near a minimum, so that rounding decides where they end."""


def slope(surface):
    """The gradient of a surface by central differences."""

    def gradient(place):
        (x, y), h = place, 1e-5
        right, left = surface(x + h, y), surface(x - h, y)
        above, below = surface(x, y + h), surface(x, y - h)
        return np.array([right - left, above - below]) / (2 * h)

    return gradient


@pytest.mark.parametrize("path", EXPERIMENTS, ids=lambda path: path.stem)
def test_the_runs_end_where_a_transcription_does(path):
    scene = read(path).scene
    surface, _, suite = path.stem[3:].rpartition("_")
    paths, gradient = trace(scene), slope(SURFACES[surface])
    assert scene.steps == 125
    np.testing.assert_allclose(paths.positions[:, 0, 0], [START] * len(paths.labels))
    if suite == "nesterov":
        wanted = [transcriptions.nesterov(gradient, START, 0.01, 125, each) for each in WEIGHTS]
        assert list(paths.rates) == [0.01] * 3
    else:
        rules = [(name, getattr(transcriptions, name)) for name in RATES]
        wanted = [rule(gradient, START, RATES[name], 125) for name, rule in rules]
        assert list(paths.rates) == list(RATES.values())
    for number, (label, run) in enumerate(zip(paths.labels, wanted, strict=True)):
        until = 3 if label in RATTLING else 125
        np.testing.assert_allclose(paths.positions[number, 0, until], run[until], atol=0.02)
    for number, end in ENDS.get(path.stem, {}).items():
        np.testing.assert_allclose(paths.positions[number, 0, -1], end, atol=0.02)


def test_each_surface_has_both_suites():
    stems = [path.stem[3:] for path in EXPERIMENTS]
    assert stems == [f"{name}_{suite}" for name in SURFACES for suite in ("nesterov", "methods")]


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.stem)
def test_both_languages_draw_and_say_different_things(path):
    settings = ("style.size=[480, 360]", "timing.fps=2")
    russian = read(path, (*settings, "style.language=ru")).scene
    english = read(path, settings).scene
    first, other = stage(english).picture(0), stage(russian).picture(0)
    assert first.shape == other.shape == (360, 480, 4)
    assert (first != other).any()
    assert english.title != russian.title
    assert any("а" <= letter <= "я" for letter in russian.title)


def test_nesterov_has_a_lower_limit_than_momentum_on_a_bowl():
    scene = read(ARTICLE / "15_looking_too_far.yaml", ("steps=200",)).scene
    rate, curvature, gamma = 0.175, 8, 0.9
    assert (2 + 2 * gamma) / (1 + 2 * gamma) < rate * curvature < 2
    assert rate * curvature < (2 + 2 * gamma) / (1 + 4 * gamma / 3)
    sgd, momentum, nesterov, mean_of_three = trace(scene).losses[:, 0]
    assert sgd[-1] < 1e-9 * sgd[0]
    assert momentum[-1] < 1e-6 * momentum[0]
    assert nesterov[-1] > 1e6 * nesterov[0]
    assert mean_of_three[-1] < 1e-6 * mean_of_three[0]
