"""More optimizers than a theme has colours: no two look alike, and the legend names them all."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.lines import Line2D

from animate.errors import Remark, UnfitScene
from animate.figure.columns import uneven
from animate.panels import Contour, Coordinates, Loss, Relief, Slice
from animate.pipeline import stage
from animate.scene.load import read, read_text
from animate.theme import THEMES, theme
from tests.pictures import at, composed, drawn

COUNT = 14
NAMES = [f"No. {k}" for k in range(COUNT - 1)] + [
    "A label that is much longer than all the others"[:40]
]
SCENE = """
surface: himmelblau
start: {start}
optimizers:
{optimizers}
steps: 12
panels: {panels}
timing: {{end: still}}
style: {{theme: {looks}, size: {size}}}
"""


def scene(panels="[contour, loss]", looks="light", size=(640, 480), start="[0, 0]"):
    optimizers = "\n".join(
        f"- {{name: sgd, learning_rate: {0.001 + 0.0005 * k}, label: '{name}'}}"
        for k, name in enumerate(NAMES)
    )
    text = SCENE.format(
        start=start, optimizers=optimizers, panels=panels, looks=looks, size=list(size)
    )
    return read_text(text, "x.yaml").scene


def looks_of(view):
    return [
        (view.colours[k], view.theme.dash(k), view.theme.marker(k)) for k in range(len(view.names))
    ]


@pytest.mark.parametrize("name", THEMES)
def test_no_two_of_160_optimizers_look_alike_and_the_first_ten_look_as_they_did(name):
    plain = theme(name)
    colours = [plain.trail(k) for k in range(160)]
    told = plain.told_apart(colours)
    looks = [(colours[k], told.dash(k), told.marker(k)) for k in range(160)]
    assert len(set(looks)) == 160
    for k in range(1 if plain.colourless else 10):
        assert looks[k] == (plain.trail(k), plain.dash(k), "o")


def test_on_paper_sixteen_differ_by_lines_and_heads_alone():
    """Whatever their colours: eight of one, then eight of others."""
    plain = theme("paper")
    told = plain.told_apart(["#112233"] * 8 + [plain.trail(k) for k in range(8)])
    assert len({(told.dash(k), told.marker(k)) for k in range(16)}) == 16


def test_an_optimizer_with_the_colour_of_another_has_another_line_and_head():
    told = theme("light").told_apart(["#D3101A", "#d3101a", "#00ff00"])
    assert [told.marker(k) for k in range(3)] == ["o", "s", "o"]
    assert told.dash(1) != told.dash(0) == told.dash(2)
    assert told.of([1, 2]).marker(0) == "s"
    assert told.of([1, 2]).dash(0) == told.dash(1)


@pytest.mark.parametrize("looks", ["light", "paper"])
def test_fourteen_are_told_apart_in_the_view_and_in_the_legend(looks):
    ready = stage(scene(looks=looks))
    assert len(set(looks_of(ready.view))) == COUNT
    swatches = [
        line for line in ready.figure.artists if isinstance(line, Line2D) and not line.get_gid()
    ]
    swatches = swatches or [line for line in ready.figure.lines if isinstance(line, Line2D)]
    seen = {
        (
            line.get_color(),
            line.get_linestyle(),
            line.get_marker(),
            line._dash_pattern[1] and tuple(line._dash_pattern[1]),
        )
        for line in swatches
        if line.get_marker() not in ("", "None") and line.get_gid() is None
    }
    assert len(seen) == COUNT


@pytest.mark.parametrize("size", [(480, 360), (640, 480), (1280, 720), (480, 800)])
def test_the_legend_names_all_of_them(size):
    ready = stage(scene(size=size))
    texts = [text.get_text() for text in ready.figure.texts]
    assert not [text for text in texts if text.endswith(" more")]
    assert set(NAMES[:-1]) <= set(texts)


@pytest.mark.parametrize("panel", [Contour(), Relief(), Loss(), Coordinates()])
def test_heads_differ_where_the_colour_is_the_same(panel):
    view = stage(scene()).view.select([0, 10])
    alike = replace(view, theme=replace(view.theme, markers=(), dashes=()))
    assert view.colours[0] == view.colours[1]
    frames = view.timeline.frames - 1
    ours, others = (composed([[panel]], each).picture(frames) for each in (view, alike))
    assert (ours != others).any()


def test_a_slice_has_their_lines_and_heads():
    axes, drawing = drawn(Slice(), stage(scene("[slice]")).view)
    drawing.show(at(3))
    assert {line.get_marker() for line in axes.lines} == {"None", "o", "s"}
    assert {line.get_linestyle() for line in axes.lines} >= {"-", "--"}


def test_dots_of_a_swarm_that_would_look_alike_are_refused():
    with pytest.raises(UnfitScene, match="give one of them a color"):
        stage(scene("[contour]", start="{count: 5, seed: 1}"))


def numbered(count, size):
    """A picture whose optimizers have names that differ in their ends only."""
    lines = "\n".join(
        f"- {{name: sgd, learning_rate: {0.0005 * k:g}, label: SGD no. {k}}}"
        for k in range(1, count + 1)
    )
    text = SCENE.format(
        start=[0, 0], optimizers=lines, panels="[contour, loss]", looks="light", size=size
    )
    return read_text(text, "x.yaml").scene


@pytest.mark.parametrize(("count", "size"), [(23, [640, 480]), (40, [640, 480]), (25, [480, 360])])
def test_names_that_differ_at_their_ends_are_all_whole(count, size, recwarn):
    texts = [text.get_text() for text in stage(numbered(count, size)).figure.texts]
    assert [text for text in texts if text.startswith("SGD")] == [
        f"SGD no. {k}" for k in range(1, count + 1)
    ]
    assert not recwarn.list


def test_names_without_room_are_counted_and_it_is_remarked():
    with pytest.warns(Remark, match=r"the legend has room for (\d+) of 60 names; enlarge") as told:
        ready = stage(numbered(60, [480, 360]))
    texts = [text.get_text() for text in ready.figure.texts]
    named = [text for text in texts if text.startswith("SGD")]
    assert str(len(named)) in str(told[0].message)
    assert len({*named}) == len(named)
    assert f"and {60 - len(named)} more" in texts


def test_where_not_a_single_name_has_room_it_is_remarked_too():
    text = "surface: himmelblau\noptimizers: [sgd, momentum, adam]\npanels: [contour, loss]\n"
    looks = "style: {font_size: 2, size: [600, 600]}\n"
    with pytest.warns(Remark, match="the legend has room for 0 of 3 names; enlarge"):
        ready = stage(read_text(f"{text}steps: 5\n{looks}", "x").scene)
    assert "and 3 more" in [each.get_text() for each in ready.figure.texts]


@given(
    st.lists(st.floats(1, 300), min_size=1, max_size=40),
    st.integers(1, 20),
    st.floats(50, 2000),
)
def test_uneven_columns_hold_every_entry_or_there_is_no_room(widths, fit, width):
    found = uneven(widths, 20.0, fit, width, 10.0)
    if found is None:
        columns = -(-len(widths) // fit)
        assert columns * 30.0 - 10.0 >= width
    else:
        assert len(found) * fit >= len(widths)
        assert sum(found) + 10.0 * (len(found) - 1) <= width
        assert np.min(found) >= 20.0


def test_a_heading_of_rates_stands_over_columns_with_rates_only():
    scenes = Path(__file__).parents[2] / "scenes"
    player = stage(read(scenes / "article" / "01_zigzag.yaml").scene)
    texts = [text.get_text() for text in player.figure.texts]
    assert "gradient step" in texts
    assert texts.count("learning rate") == 1
