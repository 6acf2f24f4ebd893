"""What the end card says of losses that are nearly equal, of runs that diverged, and in a narrow
column."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_hex

from animate.figure.standings import axis_of, portions, ranked
from tests.figure.cards import SWARM, card_of, lines, ready_of, words_on

SHORT = "timing: {seconds: 0.4, hold: 1}\n"


def race(surface, *runs, start="[0.1, 0.2]", steps=150):
    each = "".join(f"  - {{name: {run}}}\n" for run in runs)
    return f"surface: {surface}\nstart: {start}\nsteps: {steps}\noptimizers:\n{each}{SHORT}"


WAVES = '{formula: "sin(x)*sin(y)", window: [[-3, 3], [-3, 3]]}'


def test_losses_that_would_be_written_alike_are_heights_above_the_lowest():
    ready = ready_of(race(WAVES, "sgd, learning_rate: 1.3", "momentum, learning_rate: 0.5"))
    losses = [each.loss for each in ranked(ready.view)]
    assert len({f"{each:.3g}" for each in losses}) == 1 < len({*losses})
    texts = words_on(ready)
    assert any("height" in text for text in texts)
    told = [text.split("  ")[0] for text in texts if "★ " in text and text[0].isdigit()]
    assert len({*told}) == len(losses)


def test_an_axis_begins_at_the_lowest_level_not_at_that_of_a_grid():
    wells = '{formula: "(x**2-1)**2 + y**2", window: [[-2, 2], [-2, 2]]}'
    runs = "sgd, learning_rate: 0.05", "momentum, learning_rate: 0.02"
    ready = ready_of(race(wells, *runs, start="[0, -1.9]"))
    assert ready.view.terrain.scale("linear").low > 0
    assert axis_of([1.0, 1.0], ready.view.terrain).scale.low == 0.0
    assert {"0", "10"} <= {*words_on(ready)}


def test_an_axis_begins_at_a_minimum_that_is_told_though_no_star_marks_it():
    """On a plateau there are too many level places for the global minimum to be certain."""
    well = "maximum(exp(-8*((x-1)**2+y**2)), 1e-9)"
    hole = f'{{formula: "1-{well}", window: [[-2, 2], [-2, 2]]}}'
    runs = "sgd, learning_rate: 0.5", "adam, learning_rate: 0.05"
    ready = ready_of(race(hole, *runs, start="[-0.2, 0.6]"))
    assert not ready.view.terrain.minima
    best = ranked(ready.view)[0].loss
    assert 0 < best < ready.view.terrain.scale("linear").low
    (place,) = ready.view.hollows
    assert place == pytest.approx((1.0, 0.0))
    assert {"0", "1"} <= {*words_on(ready)}


def test_numbers_above_an_unround_lowest_level_are_round():
    steep = '{formula: "exp(20*x)+exp(-20*x)+y**2", window: [[-2, 2], [-2, 2]]}'
    runs = "adam, learning_rate: 0.1", "adam, learning_rate: 0.01, label: b"
    texts = words_on(ready_of(race(steep, *runs, start="[0.4, 0.3]")))
    assert {"2", "100"} <= {*texts}
    assert not any(re.fullmatch(r"10[,.]?\d*2", text) for text in texts)


LOST = (
    "surface: beale\\noptimizers: [{name: momentum, learning_rate: 0.01}]\\n"
    "sweep: {optimizers.momentum.momentum: [0, 0.5, 0.9, 0.99], as: race}\\n"
).replace("\\n", "\n") + SHORT


def test_runs_that_diverged_have_their_lines_and_colours():
    ready = ready_of(LOST)
    lost = [each.optimizer for each in ranked(ready.view) if each.lost is not None]
    assert len(lost) == 2
    view = ready.view
    drawn = {(to_hex(each.get_color()), each.is_dashed()) for each in lines(ready)}
    assert {(to_hex(view.colours[k]), bool(view.theme.dash(k))) for k in lost} <= drawn
    crosses = [each for each in card_of(ready) if getattr(each, "get_text", str)().startswith("✕")]
    assert len(crosses) == 2
    assert to_hex(view.theme.muted) not in {to_hex(each.get_color()) for each in crosses}


@pytest.mark.parametrize("size", [[640, 480], [720, 480]])
def test_a_narrow_column_has_its_losses_under_the_lines(size):
    text = race(
        '{formula: "x**2", window: [[-2, 2], [-2, 2]]}',
        "sgd, learning_rate: 0.1", "momentum, learning_rate: 0.1", start="[1.5, 1.2]",
    )  # fmt: skip
    ready = ready_of(f"{text}style: {{size: {size}}}\n")
    assert {"SGD", "Momentum"} <= {*words_on(ready)}
    words = [each for each in card_of(ready) if hasattr(each, "get_text")]
    boxes = [each.get_window_extent() for each in words]
    wide, high = size
    for k, box in enumerate(boxes):
        assert 0 <= box.x0 <= box.x1 <= wide
        assert 0 <= box.y0 <= box.y1 <= high
        assert not any(box.shrunk(0.98, 0.7).overlaps(other) for other in boxes[k + 1 :])
    assert np.isfinite([each.loss for each in ranked(ready.view)]).all()


@pytest.mark.parametrize("ends", [[529, 518, 504, 449], [667, 667, 666], [1, 1999], [2000]])
def test_shares_are_those_of_the_runs(ends):
    which = np.repeat(np.arange(len(ends)), ends)
    none = np.zeros(len(which), bool)
    found = portions(which, none, none, len(ends))
    assert found.places.tolist() == [each / 2000 for each in ends]
    assert (found.further, found.lost, found.elsewhere) == (0.0, 0.0, 0.0)


def test_a_swarm_has_the_same_shares_in_its_card_and_in_words():
    ready = ready_of(SWARM.replace("60", "700"))
    percents = [text for text in words_on(ready) if text.endswith("%")][:-2]
    told = re.findall(r"[\d.]+%", ready.view.description)
    assert sorted(percents) == sorted(told)
    assert sum(float(each[:-1]) for each in told) == pytest.approx(100, abs=0.05 * len(told))
