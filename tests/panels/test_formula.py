"""Formulas keep matplotlib's layout; their symbols have the colours of the arrows."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch

from animate.errors import Remark, UsageError
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


def _beside_curves(size):
    text = SCENE.replace("[[contour], [formula]]", "[[contour, loss, formula]]") % "adadelta"
    return stage(read_text(text.replace("[640, 640]", size), "x.yaml").scene)


def test_a_formula_too_wide_for_its_panel_is_set_smaller():
    ready = _beside_curves("[720, 480]")
    axes = next(each for each in ready.figure.axes if not each.axison)
    glyphs = [each.get_window_extent() for each in axes.findobj(PathPatch)]
    assert glyphs
    box = axes.get_window_extent()
    assert box.x0 + 0.9 * box.width < max(each.x1 for each in glyphs) <= box.x1 + 1


@pytest.mark.parametrize("size", ["[960, 480]", "[640, 320]"])
def test_no_sign_of_a_formula_vanishes_between_pixels(size):
    ready = _beside_curves(size)
    axes = next(each for each in ready.figure.axes if not each.axison)
    paper = np.array(to_rgba(theme("light").paper)[:3]) * 255
    for glyph in axes.findobj(PathPatch):
        box = glyph.get_window_extent()
        height = ready.still.shape[0]
        rows = slice(int(height - box.y1), int(height - box.y0) + 1)
        part = ready.still[rows, int(box.x0) : int(box.x1) + 1, :3]
        ink = np.abs(part - paper).sum(axis=-1) / np.abs(paper - _ink(glyph)).sum()
        assert ink.sum() > 0.25 * _area(glyph)


def _ink(glyph):
    return np.array(glyph.get_facecolor()[:3]) * 255


def _area(glyph):
    """Pixels that the outline of a sign covers."""
    polygons = glyph.get_path().to_polygons()
    (x, y), (later_x, later_y) = (
        np.concatenate([part.T for part in parts], axis=1)
        for parts in ([each[:-1] for each in polygons], [each[1:] for each in polygons])
    )
    return abs((x * later_y - later_x * y).sum() / 2)


def test_a_formula_too_small_to_be_read_is_refused():
    with pytest.raises(
        UsageError, match="'formula' has room for letters of 4 pixels only; give it"
    ):
        _beside_curves("[320, 160]")


def _staged(optimizers, size="[640, 480]"):
    text = SCENE.replace("[640, 640]", size)
    return stage(read_text(text % optimizers, "x.yaml").scene)


def test_whose_rule_is_not_known_is_said_below_the_others():
    ready = _staged("adam, adamw, optax.sm3, momentum")
    (said,) = [
        text for axes in ready.figure.axes for text in axes.texts if "rule" in text.get_text()
    ]
    assert said.get_text() == "rule not known: AdamW, optax.sm3"
    box, axes = said.get_window_extent(), said.axes.get_window_extent()
    assert axes.y0 - 1 <= box.y0
    assert box.y1 <= min(each.get_window_extent().y0 for each in said.axes.findobj(PathPatch)[1:])


@pytest.mark.parametrize("size", ["[640, 480]", "[1080, 1080]", "[1920, 1080]"])
def test_many_formulas_leave_room_for_what_stands_above(size):
    ready = _staged("adam, rmsprop, adadelta, adamax, nesterov", size)
    contour = next(each for each in ready.figure.axes if each.axison).get_window_extent()
    assert contour.height > 0.28 * ready.still.shape[0]


def test_formulas_without_room_for_what_stands_above_are_left_out():
    with pytest.warns(
        Remark, match=r"^the words of a panel have no room in a picture of 320 × 240"
    ):
        ready = _staged("adam, rmsprop, adadelta, adamax, nesterov", "[320, 240]")
    assert ready.figure.axes[0].axison
    assert not ready.figure.findobj(PathPatch)
