"""Names beside heads: in the first second and at the end, over nothing, where asked for."""

import itertools

import numpy as np
import pytest

from animate.errors import Remark, UnfitScene
from animate.figure import Moment, Trails
from animate.panels.head_names import NAME
from animate.pipeline import stage
from animate.scene.load import read_text

SCENE = """
surface: beale
optimizers: [sgd, momentum, nesterov, adagrad, rmsprop, {name: adam, label: {en: Adam, ru: Адам}}]
steps: 60
panels: PANELS
timing: {seconds: 4, hold: 1}
style: {size: [720, 420], labels: direct, language: LANGUAGE}
"""


def staged(panels="[contour, loss]", language="en", more=()):
    text = SCENE.replace("PANELS", panels).replace("LANGUAGE", language)
    return stage(read_text(text, "x", settings=more).scene)


def names_of(player):
    """The names on each of the axes that has some."""
    found = (
        [each for each in axes.get_children() if each.get_gid() == NAME]
        for axes in player.figure.axes
    )
    return [each for each in found if each]


def overlap(one, other):
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


@pytest.mark.parametrize("language", ["en", "ru"])
def test_names_are_seen_for_a_second_and_at_the_end_and_no_two_overlap(language):
    player = staged(language=language)
    on_map, on_curves = names_of(player)
    said = [each.get_text() for each in on_map]
    assert said == [*player.view.names] == [each.get_text() for each in on_curves]
    assert ("Адам" in said) == (language == "ru")
    for frame in (25, 60, 90):
        player.picture(frame)
        assert not any(each.get_visible() for each in (*on_map, *on_curves))
    for frame in (0, 12, 24, player.view.timeline.frames - 1):
        player.picture(frame)
        assert frame > 24 or all(each.get_visible() for each in on_map)
        for names in (on_map, on_curves):
            boxes = [each.get_window_extent() for each in names if each.get_visible()]
            assert not any(itertools.starmap(overlap, itertools.combinations(boxes, 2)))
    assert all(each.get_visible() for each in on_curves)


def test_at_the_end_they_cover_no_head_and_stand_at_the_right_of_curves():
    player = staged()
    player.picture(player.view.timeline.frames - 1)
    on_map, on_curves = names_of(player)
    of_map, of_curves = (path for path in player.paths if isinstance(path, Trails))
    end = _end(player)
    radius = player.view.line("head")
    heads = of_map.heads(end)
    for text in on_map:
        if text.get_visible():
            box = text.get_window_extent()
            nearest = np.clip(heads, (box.x0, box.y0), (box.x1, box.y1))
            assert np.hypot(*(heads - nearest).T).min() > radius
    width = player.view.pixels[0]
    for text, (x, _) in zip(on_curves, of_curves.heads(end), strict=True):
        box = text.get_window_extent()
        assert x + radius < box.x0 < box.x1 <= width
    lower = np.argsort(of_curves.heads(end)[:, 1])
    assert [*np.argsort([text.get_window_extent().y0 for text in on_curves])] == [*lower]


def _end(player):
    timeline = player.view.timeline
    return Moment(timeline.steps, timeline.length)


def test_the_map_has_the_room_of_the_legend():
    wide = staged("contour").figure.axes[0].bbox.width
    usual = staged("contour", more=("style.labels=legend",)).figure.axes[0].bbox.width
    assert wide >= usual


@pytest.mark.parametrize("labels", ["direct", "none"])
def test_no_legend_names_anything_then(labels):
    player = staged(more=(f"style.labels={labels}",))
    inside = {id(each) for names in names_of(player) for each in names}
    outside = [each for each in player.figure.findobj() if id(each) not in inside]
    written = {each.get_text() for each in outside if hasattr(each, "get_text")}
    assert not written & {*player.view.names}
    assert bool(inside) == (labels == "direct")
    assert player.count == player.view.timeline.frames


@pytest.mark.parametrize(
    ("change", "place", "why"),
    [
        ("panels=[formula]", ("style", "labels"), "names stand beside heads on a contour"),
        ("start={count: 9}", ("style", "labels"), "names stand beside heads on a contour"),
        ("timing.end=card", ("timing", "end"), "a card stands in the legend's place"),
    ],
)
def test_where_there_are_no_heads_or_no_legend_it_is_told(change, place, why):
    with pytest.raises(UnfitScene) as told:
        staged(more=(change,))
    (mistake,) = told.value.mistakes
    assert mistake.path == place
    assert mistake.message.startswith(why)


HILLS = """
surface: himmelblau
optimizers: [{name: sgd, learning_rate: 0.01}, {name: momentum, learning_rate: 0.01},
  {name: adam, learning_rate: 0.5, label: "A name for which half a map has no room"}]
steps: 60
timing: {seconds: 2, hold: 1}
"""


def hills(style, more=""):
    return stage(read_text(f"{HILLS}style: {{labels: direct, {style}}}\n{more}", "x").scene)


@pytest.mark.parametrize(
    ("panels", "count"), [("[loss]", 1), ("[loss, step_size]", 2), ("[relief, distance]", 1)]
)
def test_curves_alone_bear_names_too(panels, count):
    assert len(names_of(hills("size: [900, 400]", f"panels: {panels}"))) == count


def test_a_film_names_only_what_it_shows():
    sweep = "sweep: {optimizers.momentum.momentum: [0, 0.5, 0.9], as: film}"
    player = hills("size: [900, 400]", f"panels: [contour, loss]\n{sweep}")
    for share, value in ((0.1, "0"), (0.5, "0.5"), (1.0, "0.9")):
        player.picture(round(share * (player.view.timeline.frames - 1)))
        for names in names_of(player):
            told = {each.get_text() for each in names if each.get_visible()}
            assert {each for each in told if "momentum" in each} <= {f"momentum = {value}"}


def test_names_stand_in_the_picture_from_the_first_frame_on():
    player = hills("size: [480, 360], font_size: 1.5")
    width, height = player.view.pixels
    for frame in (0, 6, 12, 20, 24):
        player.picture(frame)
        for text in itertools.chain(*names_of(player)):
            if text.get_visible():
                box = text.get_window_extent()
                assert 0 <= box.x0 < box.x1 <= width
                assert 0 <= box.y0 < box.y1 <= height


def test_in_a_part_of_the_window_names_stand_where_heads_are_there():
    story = "story: [{at: 20, say: look, focus: {around: [3, 2], within: 1}}]"
    player = hills("size: [600, 600]", story)
    player.picture(player.view.timeline.frames - 1)
    (names,) = names_of(player)
    trails = next(path for path in player.paths if isinstance(path, Trails))
    heads = trails.heads(_end(player))
    for text, head in zip(names, heads, strict=True):
        box = text.get_window_extent()
        if text.get_visible() and player.figure.axes[0].bbox.contains(*head):
            nearest = np.clip(head, (box.x0, box.y0), (box.x1, box.y1))
            assert np.hypot(*(head - nearest)) < 5 * player.view.type("note")


def test_a_run_that_diverged_has_its_name_beside_its_cross():
    text = HILLS.replace("sgd, learning_rate: 0.01", "sgd, learning_rate: 0.05")
    text += "style: {labels: direct, size: [600, 600]}"
    player = stage(read_text(text, "x").scene)
    assert player.view.trajectories.lost[0].all()
    player.picture(player.view.timeline.frames - 1)
    (names,) = names_of(player)
    assert names[0].get_visible()


def test_names_without_room_are_told(recwarn):
    text = "surface: saddle\noptimizers: [sgd, momentum, adam]\nsteps: 60\n"
    stage(read_text(f"{text}style: {{labels: direct, size: [480, 360]}}", "x").scene)
    told = [str(each.message) for each in recwarn if issubclass(each.category, Remark)]
    assert any("names have no room beside the ends of their runs on a map" in each for each in told)


def test_a_name_keeps_to_one_side_of_its_head():
    player = hills("size: [700, 360]", "panels: [contour, loss]")
    trails = next(path for path in player.paths if isinstance(path, Trails))
    timeline, sides = player.view.timeline, []
    for frame in range(25):
        player.picture(frame)
        heads = trails.heads(Moment(timeline.step_at(frame), timeline.second_at(frame)))
        boxes = [each.get_window_extent() for each in names_of(player)[0]]
        sides.append([(box.x0 + box.x1) / 2 > x for box, (x, _) in zip(boxes, heads, strict=True)])
    assert len({*map(tuple, sides)}) == 1


def test_small_multiples_are_as_large_as_with_a_legend():
    sweep = "sweep: {optimizers.momentum.momentum: [0, 0.3, 0.6, 0.9]}"
    direct = hills("size: [1000, 700]", f"panels: [contour, loss]\n{sweep}")
    text = f"{HILLS}style: {{size: [1000, 700]}}\npanels: [contour, loss]\n{sweep}"
    usual = stage(read_text(text, "x").scene)
    assert direct.figure.axes[0].bbox.width >= usual.figure.axes[0].bbox.width - 1
