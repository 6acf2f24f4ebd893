"""Numbers of one axis or key: told apart, in one notation, and none is −0."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from animate.panels.relief.edges import across, upright
from animate.pipeline import stage
from animate.scene.load import read_text
from animate.simulate.terrain import Scale
from animate.text import Words

RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def value(text):
    """The number that a text of the program says."""
    mantissa, _, power = text.replace(",", "").partition(" × ")
    if text.lstrip("−").startswith("10") and set(text) & set("⁻⁰¹²³⁴⁵⁶⁷⁸⁹"):
        mantissa, power = ("−1" if text.startswith("−") else "1"), text.lstrip("−")
    raised = power[2:].translate(RAISED) if power else "0"
    return float(f"{mantissa.translate(RAISED)}e{raised}")


offsets = st.floats(-1e6, 1e6)
ranges = st.floats(1e-6, 1e6)


@given(offsets, ranges, st.integers(2, 8), st.integers(3, 6))
def test_numbers_of_one_axis_are_told_apart_in_one_notation(low, span, count, digits):
    numbers = np.linspace(low, low + span, count).tolist()
    texts = Words("en").numbers(numbers, digits)
    assert len(set(texts)) == count
    apart = min(b - a for a, b in itertools.pairwise(numbers))
    for text, number in zip(texts, numbers, strict=True):
        assert abs(value(text) - number) <= apart / 20 + 1e-12 * abs(number)
        assert text not in ("−0", "-0")
    others = [text for text in texts if value(text) and not 1 <= abs(value(text)) < 10]
    powers = {any(sign in text for sign in "⁻⁰¹²³⁴⁵⁶⁷⁸⁹") for text in others}
    assert len(powers) <= 1


def test_no_number_is_minus_zero():
    words = Words("en")
    assert words.number(-0.0) == "0"
    assert words.numbers([-1.0, -0.0], 3) == ("−1", "0")
    assert words.percent(-1e-9) == "0%"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", ""),
        ("1e6", "×10⁶"),
        ("1e−5", "×10⁻⁵"),
        ("+6.931e-1", "+0.6931"),
        ("1e-5+6.931e-1", "×10⁻⁵ + 0.6931"),
        ("1e\N{MINUS SIGN}9\N{MINUS SIGN}1.5e3", "×10⁻⁹ − 1500"),
    ],
)
def test_what_is_added_to_all_ticks_is_in_the_pictures_own_notation(written, said):
    assert Words("en").factor(written) == said


@given(st.floats(-1e3, 1e3), st.floats(1e-5, 1e7), st.booleans())
@example(low=1.870646195309746, span=0.5, log=True)
def test_heights_of_the_relief_are_told_apart(low, span, log):
    scale = Scale(log, low, low + span, span * 1e-5)
    ticks = upright(scale, "loss", Words("en"))
    assert len(set(ticks.labels)) == len(ticks.labels)
    assert (np.diff(ticks.at) > 0).all()
    np.testing.assert_allclose(
        scale.unit(np.array([value(label) for label in ticks.labels])), ticks.at, atol=0.06
    )


def test_heights_on_a_log_scale_are_round_numbers():
    labels = upright(Scale(True, -0.1, 5000.0, 0.01), "loss", Words("en")).labels
    assert labels[-1] == "1000"
    assert "999.9" not in labels


def test_flat_ticks_on_an_offset_are_told_apart():
    labels = across(100000.0, 100000.004, "x", Words("en")).labels
    assert len(set(labels)) == len(labels) >= 3


@pytest.mark.parametrize("span", [1e-5, 1e-8])
@pytest.mark.parametrize("scale", ["auto", "log"])
def test_a_small_range_on_an_offset_has_numbers_that_differ_in_every_panel(span, scale):
    text = (
        f'surface: {{formula: "0.7 + {span}*(x**2 + y**2 + 0.1*x)", window: [[-2, 2], [-2, 2]]}}\n'
        f"optimizers: [{{name: sgd, learning_rate: {0.05 / span}}}]\nstart: [1.5, 1]\nsteps: 20\n"
        f"panels: [contour, loss, {{loss: {{scale: {scale}}}}}]\nstyle: {{size: [1000, 380]}}\n"
    )
    ready = stage(read_text(text, "x.yaml").scene)
    for axes in (each for each in ready.figure.axes if each.axison):
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            ticks = [
                tick.label1.get_text()
                for tick in axis.get_major_ticks()
                if low <= tick.get_loc() <= high
            ]
            assert len(set(ticks)) == len(ticks) > 1
    texts = [each.get_text() for each in ready.figure.texts]
    ends = [each for each in texts if each.startswith(("0.7", "0.69")) and " " not in each]
    assert len(set(ends)) == len(ends) == 2


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ((3e-12, 1.92), ("3 × 10⁻¹²", "1.92")),
        ((1.0, 4.2e9), ("1", "4.2 × 10⁹")),
        ((-1.0, 2e-7, 0.5), ("−1", "2 × 10⁻⁷", "5 × 10⁻¹")),
    ],
)
def test_no_number_is_times_ten_to_the_power_of_nothing(values, written):
    assert Words("en").numbers(values, 3) == written
