"""Where paragraphs are broken: no single short word is last, and no value stands apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from animate.figure.text.paragraph import filled, text_width, wrapped
from animate.pipeline import stage
from animate.scene.load import read_text

VIEW = stage(
    read_text("surface: sphere\noptimizers: [{name: sgd, learning_rate: 0.1}]\n", "a.yaml").scene
).view
TEXT = "critical points of a network whose searches ended at a point where the gradient is zero"


@pytest.mark.parametrize("width", [180, 240, 300, 360, 420, 480])
def test_words_come_down_to_a_short_last_line(width):
    lines, plain = (break_(VIEW, TEXT, "label", width) for break_ in (filled, wrapped))
    assert len(lines) == len(plain)
    assert " ".join(lines) == TEXT
    assert max(text_width(VIEW, line, "label") for line in lines) <= width
    if text_width(VIEW, plain[-1], "label") < 0.2 * width:
        assert text_width(VIEW, lines[-1], "label") >= 0.2 * width


@given(st.lists(st.sampled_from(["a", "of", "gradient", "momentum-and-all"]), max_size=30),
       st.floats(10, 400))  # fmt: skip
def test_any_words_stay_in_order_in_as_few_lines(words, width):
    text = " ".join(words)
    lines = filled(VIEW, text, "label", width)
    assert " ".join(lines) == text
    assert len(lines) == len(wrapped(VIEW, text, "label", width))


@pytest.mark.parametrize("width", range(40, 400, 20))
def test_a_symbol_and_its_value_stay_in_one_line(width):
    text = "the first step with γ = 0.975 is too long, as with β₁ ≤ 0.9 and x < 3"
    lines = wrapped(VIEW, text, "label", width)
    assert " ".join(lines) == text
    for together in ("γ = 0.975", "β₁ ≤ 0.9", "x < 3"):
        assert any(together in line for line in lines)
