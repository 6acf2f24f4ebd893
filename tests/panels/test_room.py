"""What panels say overlaps nothing, in small, large and upright pictures."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from animate.errors import Remark, UsageError
from animate.figure.free import PLATE
from animate.panels.lens import LENS
from animate.pipeline import stage
from animate.scene.load import read, read_text
from tests.figure.arranged import beside_name, panels_of

SIZES = [(480, 360), (640, 480), (1280, 720), (1080, 1920)]
SCENE = """
title: "A title"
surface: beale
steps: 4
optimizers:
  - {name: momentum, learning_rate: 0.005}
  - {name: nesterov, learning_rate: 0.005}
panels:
  - [contour: {vectors: [gradient, momentum]}, %s]
  - [formula]
  - [text: {say: "A paragraph with $\\\\gamma = 0.9$ that is long enough to be broken somewhere."}]
style: {size: [%d, %d]}
"""
ARTICLE = sorted((Path(__file__).parents[2] / "scenes" / "article").glob("*.yaml"))


def boxes(ready):
    """Every text, formula and axes' inner box, in pixels; ticks and labels go with their axes."""
    ready.picture(ready.view.timeline.frames - 1)
    renderer = ready.figure.canvas.get_renderer()
    for axes in ready.figure.axes:
        if axes.get_gid() == LENS:
            continue  # it stands on a map, as tests/panels/test_lens.py has it
        if axes.axison:
            yield "axes", axes.get_tightbbox(renderer)
        else:
            parts = [
                each.get_window_extent(renderer)
                for each in axes.get_children()
                if (isinstance(each, Text) and each.get_text()) or type(each) is PathPatch
            ]
            if parts:
                yield "words", Bbox.union(parts)
    for text in ready.figure.texts:
        if text.get_text() and text.get_visible():
            yield text.get_text(), text.get_window_extent(renderer)


def _within(box, plate):
    return plate.x0 <= box.x0 and box.x1 <= plate.x1 and plate.y0 <= box.y0 and box.y1 <= plate.y1


def check(ready):
    width, height = ready.view.pixels
    found = list(boxes(ready))
    for name, box in found:
        assert box.x0 >= -1, name
        assert box.y0 >= -1, name
        assert box.x1 <= width + 1, name
        assert box.y1 <= height + 1, name
    plates = [each.get_window_extent() for each in ready.figure.artists if each.get_gid() == PLATE]
    found = [each for each in found if not any(_within(each[1], plate) for plate in plates)]
    counter = [box for _, box in found if any(beside_name(axes, box) for axes in panels_of(ready))]
    for (one, a), (other, b) in combinations(found, 2):
        if "axes" in (one, other) and (a in counter or b in counter):
            continue
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        high = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert not (wide > 2 and high > 2), f"{one!r} and {other!r} overlap"


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("panel", ["curvature", "slice: {}"])
def test_nothing_overlaps(size, panel):
    check(stage(read_text(SCENE % (panel, *size), "x.yaml").scene))


@pytest.mark.parametrize("path", ARTICLE, ids=lambda path: path.stem)
def test_the_article_draws_without_overlaps_and_moves(path):
    ready = stage(read(path, ("timing.fps=2",)).scene)
    check(ready)
    first, last = ready.picture(0), ready.picture(ready.view.timeline.frames - 1)
    assert (first != last).any()


def test_words_that_leave_no_room_are_left_out_and_that_is_told():
    scene = SCENE.replace("A paragraph", "A paragraph " + "of very many words " * 60)
    why = (
        "the words of a panel have no room in a picture of 480 × 360 and are left out; "
        "say less, or enlarge style.size"
    )
    with pytest.warns(Remark, match=f"^{re.escape(why)}$"):
        ready = stage(read_text(scene % ("loss", 480, 360), "x.yaml").scene)
    words = [text.get_text() for axes in ready.figure.axes for text in axes.texts]
    assert not [text for text in words if "many words" in text]
    check(ready)


def test_words_that_leave_no_room_where_nothing_else_is_are_refused():
    scene = (
        "surface: beale\nsteps: 4\noptimizers: [adam]\nstyle: {size: [320, 240]}\n"
        f"panels: [text: {{say: {'word ' * 390}}}]"
    )
    with pytest.raises(UsageError, match=r"^320 × 240 pixels leave no room for the panel and"):
        stage(read_text(scene, "x.yaml").scene)


STEEP = """
surface: {formula: "1e6*(x**2 - y**2 + 0.25*y**4)", window: [[-1.8, 1.8], [-2, 2]]}
optimizers: [{name: momentum, learning_rate: 5.0e-8}, {name: adam, learning_rate: 0.05}]
steps: 20
panels: [%s]
style: {size: [%d, %d], theme: %s}
"""


@pytest.mark.parametrize("size", [(640, 480), (1080, 1080)])
@pytest.mark.parametrize("theme", ["dark", "poster"])
@pytest.mark.parametrize(
    "panels",
    [
        "curvature, loss, gradient_norm",
        "curvature: {split: optimizers}",
        "memory: {split: optimizers}",
    ],
)
def test_what_stands_above_curves_overlaps_nothing_there(panels, size, theme):
    ready = stage(read_text(STEEP % (panels, *size, theme), "x.yaml").scene)
    ready.picture(0)
    for axes in ready.figure.axes:
        if not (legend := axes.get_legend()):
            continue
        offset, head = axes.yaxis.get_offset_text(), (axes._left_title, axes._right_title)
        said = [legend, *axes.texts[:1], offset, *head]
        drawn = [each for each in said if not isinstance(each, Text) or each.get_text()]
        for one, other in combinations(drawn, 2):
            a, b = one.get_window_extent(), other.get_window_extent()
            high = min(a.y1, b.y1) - max(a.y0, b.y0)
            assert not (high > 2 and min(a.x1, b.x1) - max(a.x0, b.x0) > 1)
