"""Where lines may not be broken: at spaces that forbid it."""

import pytest

from tests.text.drawn_words import said

SCENE = "surface: beale\noptimizers: [{name: sgd, learning_rate: 0.01}]\nsteps: 4\npanels:\n"


@pytest.mark.parametrize("space", ["\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"])
def test_a_space_that_forbids_a_break_is_never_one(space):
    kept = f"γ{space}={space}0.975"
    text = "".join(f"and {'a' * k} {kept} " for k in range(1, 12)).strip()
    lines = said(f"{SCENE}- [contour]\n- [text: {{say: '{text}'}}]\n")
    broken = [line for line in lines if "γ" in line or "0.975" in line]
    assert len(broken) > 2
    assert sum(line.count(kept) for line in broken) == 11


def test_no_line_ends_on_a_word_of_one_letter():
    text = "".join(f"{'п' * k} и в γ = 0,9 " for k in range(1, 12)).strip()
    lines = said(f"{SCENE}- [contour]\n- [text: {{say: '{text}'}}]\n")
    broken = [line for line in lines if "γ" in line]
    assert len(broken) > 2
    assert sum(line.count("и в γ = 0,9") for line in broken) == 11
