"""What stands where: nothing is cut off, nothing lies on anything else, at any size."""

import warnings
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from animate.errors import Remark
from animate.figure.free import PLATE
from animate.pipeline import stage
from animate.scene.load import read_text
from animate.theme import theme
from tests.figure.arranged import FOUR, arranged, beside_name, panels_of, view_of
from tests.pictures import composed

SIZES = [(320, 240), (480, 360), (640, 480), (1280, 720), (1080, 1920)]

PANELS = {
    "one": "[contour]",
    "curves": "[loss]",
    "pair": "[contour, loss]",
    "ratio": "{ratio: [2, 1], panels: [contour, {ratio: [1, 2], panels: [loss, loss]}]}",
    "square": "[[contour, loss], [loss, contour]]",
    "split": "[{contour: {split: optimizers}}]",
}

THREE = "\n- {name: sgd}\n- {name: momentum}\n- {name: adam}\n"
TWELVE = "\n" + "".join(
    f"- {{name: sgd, learning_rate: {k}e-3, label: A label of nearly forty letters no {k}}}\n"
    for k in range(1, 13)
)
FORMULA = r"""
- {name: sgd, learning_rate: 0.012345, label: '$\gamma = 0.9,\ \eta = 0.001,\ t\to 9$'}
"""
LONG_TITLE = (
    "A long title that says at length what is seen here, "
    "$f(x, y) = (1.5 - x + xy)^2 + (2.25 - x + xy^2)^2$, and then some words more"
)


def _tick_labels(axes):
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if low <= tick.get_loc() <= high:
                yield tick.label1


def _boxes(ready, texts):
    """Every piece of text that is seen, with its box; a mark that covers a note stands for it."""
    seen = [text for text in texts if text.get_text() and text.get_visible()]
    boxes = [(text, text.get_window_extent(ready.figure.canvas.get_renderer())) for text in seen]
    marks = [(text, box) for text, box in boxes if text.get_bbox_patch()]
    covered = [
        text
        for text, box in boxes
        for mark, other in marks
        if text is not mark and abs(box.x1 - other.x1) < 1 and _shared(box, other) > 2
    ]
    return [(text.get_text(), box) for text, box in boxes if text not in covered]


def _shared(one, other):
    """How many pixels two boxes share in the direction in which they share fewer."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    along = min(one.y1, other.y1) - max(one.y0, other.y0)
    return min(across, along)


def _check(ready):
    width, height = ready.view.pixels
    around = _boxes(ready, ready.figure.texts)
    renderer = ready.figure.canvas.get_renderer()
    rulers = [each for each in ready.figure.artists if each.get_gid() == "ruler"]
    around += [("ruler", each.get_window_extent(renderer)) for each in rulers]
    panels = panels_of(ready)
    inside = [
        text
        for axes in panels
        for text in (
            *_tick_labels(axes),
            *(axes.xaxis.label, axes.yaxis.label),
            *(axes._left_title, axes._right_title),
        )
    ]
    written = around + _boxes(ready, inside)
    for said, box in written:
        seen = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
        assert seen, f"{said!r} is cut off: {box}"
    for (one, box), (other, second) in combinations(written, 2):
        assert _shared(box, second) < 1.5, f"{one!r} lies on {other!r}: {box}, {second}"
    extents = [axes.get_tightbbox(ready.figure.canvas.get_renderer()) for axes in panels]
    for one, other in combinations(extents, 2):
        assert _shared(one, other) < 1.5, "two panels lie on each other"
    plates = [each.get_window_extent() for each in ready.figure.artists if each.get_gid() == PLATE]
    for said, box in around:
        on = any(_shared(box, whole) >= 1.5 for whole in extents)
        inside = any(plate.x0 <= box.x0 and box.x1 <= plate.x1 for plate in plates)
        inside |= any(beside_name(axes, box) for axes in panels)
        assert inside or not on, f"{said!r} lies on a panel"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", PANELS)
def test_nothing_is_cut_and_nothing_overlaps(name, size):
    language = "en" if size in SIZES[2:4] else "ru"
    looks = {(1280, 720): "poster", (480, 360): "paper"}.get(size, "light")
    _check(arranged(PANELS[name], size, looks=looks, language=language, title="A $f(x, y)$"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_twelve_long_labels_and_a_long_title_fit(size):
    ready = arranged("[contour]", size, optimizers=TWELVE, title=LONG_TITLE)
    _check(ready)
    said = [text.get_text() for text in ready.figure.texts]
    shown = [text for text in said if text.startswith("A label")]
    hidden = 12 - len(shown)
    assert (f"and {hidden} more" in said) == (hidden > 0)


def test_a_formula_for_a_label_shrinks_rather_than_lie_on_its_rate():
    _check(arranged("[contour]", (320, 240), optimizers=FORMULA))


def test_axes_of_a_square_grid_stand_in_line_and_on_whole_pixels():
    boxes = [a.get_window_extent() for a in panels_of(arranged(PANELS["square"], (640, 480)))]
    assert boxes[0].x0 == boxes[2].x0
    assert boxes[1].x0 == boxes[3].x0
    assert boxes[0].y0 == boxes[1].y0
    assert boxes[0].y1 == boxes[1].y1
    for box in boxes:
        assert np.allclose(box.bounds, np.round(box.bounds), atol=0.01)


def test_a_ratio_is_that_of_the_widths_in_a_row_and_of_the_heights_of_rows():
    panels = "{ratio: [3, 1], panels: [{ratio: [2, 1], panels: [loss, loss]}, [loss]]}"
    ready = arranged(panels, (1280, 720))
    wide, narrow, low = (axes.get_window_extent() for axes in panels_of(ready))
    assert wide.width / narrow.width == pytest.approx(2, abs=0.02)
    assert wide.height / low.height == pytest.approx(3, abs=0.05)


@pytest.mark.parametrize(("size", "down"), [((640, 480), False), ((480, 800), True)])
def test_one_list_of_panels_goes_down_a_tall_picture_and_along_a_wide_one(size, down):
    first, second = (a.get_window_extent() for a in panels_of(arranged("[loss, contour]", size)))
    assert (first.y0 > second.y1) == down
    assert (first.x1 < second.x0) == (not down)


def test_split_gives_every_optimizer_its_panel_with_the_same_limits():
    ready = arranged("[{loss: {split: optimizers}}]", (640, 480))
    panels = panels_of(ready)
    assert len({(axes.get_xlim(), axes.get_ylim()) for axes in panels}) == 1
    titles = [axes.get_title("left") for axes in panels]
    assert titles == ["SGD", "Momentum", "$\\eta_t$ by squares", "Adam"]
    assert [axes.get_xlabel() for axes in panels] == ["", "", "step", "step"]
    assert "SGD" not in {text.get_text() for text in ready.figure.texts}
    end = ready.view.trajectories.ends[0, 0]
    assert panels[0].get_title("right") == f"✕ step {end}"
    assert panels[3].get_title("right") == "η = 0.1"
    ready.picture(0)
    assert panels[0].get_title("right") == "η = 1"


def test_the_view_of_one_optimizer_has_only_its_paths():
    view = view_of(FOUR)
    one = view.select((2,))
    paths, whole = one.trajectories, view.trajectories
    assert one.names == view.names[2:3]
    assert paths.labels == whole.labels[2:3]
    assert np.array_equal(paths.positions, whole.positions[2:3], equal_nan=True)
    assert np.array_equal(paths.losses, whole.losses[2:3], equal_nan=True)
    assert np.array_equal(paths.gradients, whole.gradients[2:3], equal_nan=True)
    assert np.array_equal(paths.ends, whole.ends[2:3])
    assert replace(view, theme=theme("paper")).select((2,)).theme.dash(0) == theme("paper").dash(2)


@pytest.mark.parametrize(
    ("panels", "size"),
    [("[[loss], [{text: {say: %s}}]]", (480, 800)), ("[[loss, {text: {say: %s}}]]", (480, 800))],
    ids=["below", "beside"],
)
def test_a_paragraph_stays_in_its_panel_and_off_the_counter(panels, size):
    said = "What was found, in many words of one and the same length, again and again. " * 3
    ready = arranged(panels % f"'{said}'", size)
    renderer = ready.figure.canvas.get_renderer()
    (axes,) = (axes for axes in ready.figure.axes if len(axes.texts) > 2)
    panel = axes.get_window_extent(renderer)
    lines = [line.get_window_extent(renderer) for line in axes.texts]
    assert " ".join(line.get_text() for line in axes.texts) == said.strip()
    assert max(line.x1 for line in lines) <= panel.x1 + 2
    assert min(line.y0 for line in lines) >= panel.y0 - 2
    for text, box in _boxes(ready, ready.figure.texts):
        for line in lines:
            assert _shared(box, line) < 0, f"{text!r} lies on the paragraph"


def test_no_line_begins_with_a_dash_or_breaks_at_a_no_break_space():
    number, share = "167\N{NARROW NO-BREAK SPACE}936", "12\N{NO-BREAK SPACE}%"
    said = f"a — b {number} {share} " * 12
    ready = arranged(f"[[contour], [{{text: {{say: '{said}'}}}}]]", (480, 480))
    (axes,) = (axes for axes in ready.figure.axes if len(axes.texts) > 2)
    lines = [line.get_text() for line in axes.texts]
    assert " ".join(lines) == said.strip()
    assert not any(line.startswith("—") for line in lines)
    for whole in (number, share):
        assert sum(line.count(whole) for line in lines) == 12


def test_the_counter_below_begins_where_the_panels_do():
    ready = arranged("[loss]", (480, 800))
    (counter,) = (text for text in ready.figure.texts if text.get_text() == "step")
    left = counter.get_window_extent(ready.figure.canvas.get_renderer()).x0
    assert left == pytest.approx(panels_of(ready)[0].get_window_extent().x0, abs=2)


def test_a_single_picture_has_no_counter():
    scene = read_text("surface: beale\noptimizers: [sgd]\npanels: [loss]", "x").scene
    counted, single = (
        replace(view_of(FOUR), pixels=(640, 480), counted=c) for c in ("picture", "")
    )
    rows = scene.panels
    texts = [
        {text.get_text() for text in composed(rows, view).figure.texts}
        for view in (counted, single)
    ]
    assert texts[0] - texts[1] == {"picture", "of 8"}


@pytest.mark.parametrize("size", [(700, 700), (640, 480), (540, 675)])
def test_small_multiples_are_of_one_size(size):
    boxes = [axes.bbox for axes in panels_of(arranged(PANELS["split"], size, optimizers=THREE))]
    assert len(boxes) == 3
    assert len({(round(box.width), round(box.height)) for box in boxes}) == 1


def test_axes_without_numbers_have_the_ticks_of_the_others():
    upper, _, lower = panels_of(arranged(PANELS["split"], (640, 640), optimizers=THREE))
    ticks = [
        [place for place in axes.get_xticks() if axes.get_xlim()[0] <= place <= axes.get_xlim()[1]]
        for axes in (upper, lower)
    ]
    assert ticks[0] == ticks[1]
    assert len(ticks[0]) > 2


@pytest.mark.parametrize("factor", [2.0, 3.0])
def test_of_the_largest_type_nothing_is_cut(factor):
    text = f"surface: beale\noptimizers: [sgd, adam]\nsteps: 4\nstyle: {{font_size: {factor}}}"
    with warnings.catch_warnings(action="ignore", category=Remark):  # names without room
        ready = stage(read_text(text, "x.yaml").scene)
    ready.picture(0)
    width, height = ready.view.pixels
    for text in ready.figure.texts:
        box = text.get_window_extent()
        assert -1 <= box.x0 < box.x1 <= width + 1, text.get_text()
        assert -1 <= box.y0 < box.y1 <= height + 1, text.get_text()


def test_a_title_of_one_long_word_is_cut_within_the_picture():
    ready = arranged("[contour]", (480, 360), title="word" * 40)
    (title,) = [each for each in ready.figure.texts if each.get_text().startswith("wordword")]
    box = title.get_window_extent()
    assert 0 <= box.x0 < box.x1 <= 480
    assert title.get_text().endswith("…")
