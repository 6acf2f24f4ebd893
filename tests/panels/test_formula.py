"""Formulas keep matplotlib's layout; their symbols have the colours of the arrows."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch

from animate.errors import UsageError
from animate.figure.text.mathtext import Formula
from animate.optimizers import OPTIMIZERS
from animate.pipeline import stage
from animate.scene.load import read_text
from animate.theme import theme

SCENE = """
surface: beale
steps: 3
learning_rate: 0.01
optimizers: [%s]
panels: [[contour], [formula]]
style: {size: [640, 640]}
"""


class Anywhere:
    theme = theme("light")


def test_the_whole_is_laid_out_as_matplotlib_does():
    from matplotlib.textpath import TextPath

    text = r"\Delta\theta = -\eta\, \dfrac{\hat m}{\sqrt{\hat v} + \epsilon}"
    ours = Formula.of(text, Anywhere())
    theirs = TextPath((0, 0), f"${text}$", size=1.0)
    box = theirs.get_extents()
    np.testing.assert_allclose(
        [ours.width, ours.ascent, -ours.descent], [box.x1, box.y1, box.y0], atol=0.02
    )


def test_symbols_are_coloured_longest_first_with_their_accents():
    symbols = {"θ−γv": "ahead", "γv": "carried", "m": "mean"}
    nesterov = Formula.of(r"\gamma\, v + \eta\, g(\theta - \gamma\, v)", Anywhere())
    assert nesterov.letters == "γv+ηg(θ−γv)"
    assert nesterov.colours(symbols, "ink") == (
        ["carried"] * 2 + ["ink"] * 4 + ["ahead"] * 4 + ["ink"]
    )
    hat = Formula.of(r"\hat m", Anywhere())
    assert hat.colours(symbols, "ink") == ["mean", "mean"]


def test_the_panel_paints_in_the_themes_colours():
    ready = stage(read_text(SCENE % "nesterov", "x.yaml").scene)
    arrows = ready.view.theme.arrows
    painted = {each.get_facecolor() for each in ready.figure.findobj(PathPatch)}
    wanted = (arrows[kind] for kind in ("gradient", "momentum", "lookahead", "update"))
    assert {to_rgba(colour) for colour in wanted} <= painted


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if OPTIMIZERS[name].facts["formula"]])
def test_every_formula_is_mathtext_that_names_the_step(name):
    known = OPTIMIZERS[name].facts["formula"]
    defaults = {key: option.default for key, option in OPTIMIZERS[name].options.items()}
    lines = known(**defaults) if callable(known) else known
    letters = [Formula.of(line, Anywhere()).letters for line in lines]
    assert sum(each.startswith("Δθ=") for each in letters) == 1
    assert any("g" in each for each in letters)


def test_who_has_no_formula_is_told():
    with pytest.raises(
        UsageError,
        match="'formula' knows the update rule of none of the optimizers",
    ):
        read_text(SCENE % "lbfgs", "x.yaml")


def test_a_formula_too_wide_for_its_panel_is_set_smaller():
    text = SCENE.replace("[[contour], [formula]]", "[[contour, loss, formula]]") % "adadelta"
    ready = stage(read_text(text.replace("[640, 640]", "[640, 320]"), "x.yaml").scene)
    axes = next(each for each in ready.figure.axes if not each.axison)
    glyphs = [each.get_window_extent() for each in axes.findobj(PathPatch)]
    assert glyphs
    box = axes.get_window_extent()
    assert max(each.x1 for each in glyphs) <= box.x1 + 1
