"""The order of what is described, and distances beside losses, in both languages."""

import numpy as np
import pytest

from animate.pipeline import describe, trace
from tests.description.test_describe import first_there, longest, quartic, scene_of

PASS = """
surface: {{formula: "x**2 - y**2 + y**4/4", window: [[-2, 2], [-2, 2]]}}
start: [-1.6, 0.002]
steps: 110
optimizers:
- {{name: sgd, learning_rate: 0.05, label: slow}}
- {{name: adam, learning_rate: 0.1, label: quick}}
- {{name: sgd, learning_rate: 0.4, label: direct}}
- {{name: sgd, learning_rate: 1.3, label: wild}}
style: {{language: {language}}}
"""


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "wild (step {lost}) diverges; direct (step {direct}) reaches the minimum (0, 1.41); "
            "slow (steps {first}–{last}) lingers at the saddle (0, 0); "
            "quick (step {quick}) and slow (step {slow}) reach the minimum (0, 1.41).",
        ),
        (
            "ru",
            "wild (шаг {lost}) расходится; direct (шаг {direct}) доходит до минимума (0; 1,41); "
            "slow (шаги {first}–{last}) задерживается у седла (0; 0); "
            "quick (шаг {quick}) и slow (шаг {slow}) доходят до минимума (0; 1,41).",
        ),
    ],
)
def test_what_happens_is_told_in_the_order_of_time(language, sentence):
    scene = scene_of(PASS.format(language=language))
    paths = trace(scene)
    slow, quick, direct = (
        first_there(paths.positions[k, 0], quartic, (0, 2**0.5), 0.03 * 32**0.5) for k in range(3)
    )
    first, last = longest(np.hypot(*paths.positions[0, 0].T) < 0.05 * 32**0.5)
    lost = int(paths.ends[3, 0])
    assert lost < direct < first < quick < slow
    steps = {"lost": lost, "direct": direct, "first": first, "last": last}
    said = describe(scene).split(". ", 1)[1]
    assert said == sentence.format(**steps, quick=quick, slow=slow)


VALLEY = """
surface: {{formula: "x**2 + 50*y**2", window: [[-2, 2], [-2, 2]]}}
start: [0.5, {y}]
steps: 10
optimizers:
- {{name: sgd, learning_rate: 0.004, label: along}}
- {{name: sgd, learning_rate: 0.019, label: across}}
style: {{language: {language}}}
"""


@pytest.mark.parametrize(
    ("language", "distances", "losses"),
    [
        (
            "en",
            "At the end the distance to the minimum (0, 0) is {0} for along and {1} for across.",
            "At the end the loss is {2} for along and {3} for across.",
        ),
        (
            "ru",
            "В конце до минимума (0; 0) остаётся: along ({0}) и across ({1}).",
            "Потери в конце: along ({2}) и across ({3}).",
        ),
    ],
)
@pytest.mark.parametrize(("y", "both"), [(0.2, True), (0.1, False)])
def test_distance_and_loss_are_told_where_they_disagree(language, distances, losses, y, both):
    ends = [(0.5 * (1 - 2 * r) ** 10, y * (1 - 100 * r) ** 10) for r in (0.004, 0.019)]
    away, low = [np.hypot(*end) for end in ends], [a**2 + 50 * b**2 for a, b in ends]
    assert (away[0] > away[1], low[0] < low[1]) == (True, both)
    told = f"{distances} {losses}" if both else distances
    numbers = [f"{each:.3g}" for each in (*away, *low)]
    if language == "ru":
        numbers = [each.replace(".", ",") for each in numbers]
    said = describe(scene_of(VALLEY.format(language=language, y=y)))
    assert said.endswith(told.format(*numbers))


def test_a_run_lower_than_one_that_has_reached_a_minimum_has_its_loss_told():
    scene = scene_of("""
surface: {formula: "(x**2-1)**2 + 0.3*x + y**2", window: [[-2, 2], [-2, 2]]}
start: [1.6, 1.2]
steps: 32
optimizers:
- {name: momentum, learning_rate: 0.07, momentum: 0.9, label: low}
- {name: sgd, learning_rate: 0.05, label: near}
""")
    low, near = trace(scene).losses[:, 0, -1]
    said = describe(scene)
    assert low < near
    assert "near (step " in said
    losses = f"{low:.3g} for low and {near:.3g} for near".replace("-", "\N{MINUS SIGN}")
    assert said.endswith(f"for low. At the end the loss is {losses}.")
