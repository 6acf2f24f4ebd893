"""What happens to runs is said on the map: in the words of the description, from its step on, over
nothing else."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from animate.errors import UnfitScene
from animate.figure.sprite import Sprite
from animate.pipeline import describe, stage
from animate.scene.load import read_text
from tests.panels.annotated import BOWL, ravine, said, staged, step_of


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_picture_says_what_the_description_says(language):
    told = describe(ravine(language=language))
    texts = [text.splitlines() for text in said(staged(language=language))]
    assert {each[0] for each in texts} == set(re.findall(r"(?:Nesterov|Momentum) \([^)]*\)", told))
    minimum = {"en": "reaches the minimum", "ru": "доходит до минимума"}[language]
    assert [each[1] for each in texts] == [minimum] * 2


def test_words_are_seen_from_their_step_on_to_the_end():
    player, timeline = staged(), staged().view.timeline
    for frame in range(player.count):
        player.picture(frame)
        now = timeline.step_at(min(frame, timeline.frames - 1))
        assert said(player) == {text: step_of(text) <= now for text in said(player)}, frame


def test_words_are_drawn_in_their_colour_once_they_are_seen():
    player = staged()
    high = player.view.pixels[1]
    for sprite in player.figure.findobj(Sprite):
        (text,) = [part for part in sprite.get_children() if hasattr(part, "get_text")]
        (left, low), (right, top) = text.get_window_extent().get_points().round().astype(int)
        ink = np.round(255 * np.array(to_rgb(text.get_color())))

        def inked(frame, box=(slice(high - top, high - low), slice(left, right)), ink=ink):
            return (np.abs(player.picture(frame)[(*box, slice(3))] - ink).max(axis=2) < 40).sum()

        assert inked(0) == 0
        assert inked(player.count - 1) > 100


@pytest.mark.parametrize("size", ["320, 240", "640, 480", "1080, 1350", "1920, 1080"])
def test_words_cover_no_trail_no_head_and_no_other_words(size):
    player = staged(size=size)
    player.picture(player.count - 1)
    (axes,) = [each for each in player.figure.axes if each.get_xlabel() == "x"]
    paths = player.view.trajectories
    points = np.concatenate([axes.transData.transform(each[0]) for each in paths.positions])
    boxes = [
        part.get_window_extent()
        for sprite in player.figure.findobj(Sprite)
        for part in sprite.get_children()
        if hasattr(part, "get_text")
    ]
    assert boxes
    for k, box in enumerate(boxes):
        assert axes.bbox.x0 <= box.x0 <= box.x1 <= axes.bbox.x1
        assert axes.bbox.y0 <= box.y0 <= box.y1 <= axes.bbox.y1
        assert not ((points >= box.p0) & (points <= box.p1)).all(axis=1).any()
        assert not any(box.overlaps(other) for other in boxes[k + 1 :])


GONE = """
surface: {formula: "x**2 - y**2", window: [[-2, 2], [-2, 2]]}
start: [1.9, 1.9]
optimizers: [{name: sgd, learning_rate: 0.6}, {name: momentum, learning_rate: 0.2}]
steps: 30
style: {annotate: [leave]}
"""


def test_words_cover_no_wedge_of_a_head_outside():
    player = stage(read_text(GONE, "x").scene)
    player.picture(player.count - 1)
    (axes,) = [each for each in player.figure.axes if each.get_xlabel() == "x"]
    low, high = axes.bbox.get_points()
    ends = axes.transData.transform(player.view.trajectories.positions[:, 0, -1])
    assert (ends > high).any(axis=1).all()
    edge = player.view.line("head") + player.view.line("casing")
    wedges = np.clip(ends, low + edge, high - edge)
    (box,) = [
        part.get_window_extent()
        for sprite in player.figure.findobj(Sprite)
        for part in sprite.get_children()
        if hasattr(part, "get_text")
    ]
    assert (np.hypot(*(wedges - np.clip(wedges, box.p0, box.p1)).T) > edge).all()


def test_a_ring_widens_once_and_is_gone_at_the_end():
    player, timeline = staged(), staged().view.timeline
    widths = {}
    for frame in range(player.count):
        player.picture(frame)
        rings = player.figure.findobj(lambda each: each.get_gid() == "ring")
        for k, ring in enumerate(rings):
            if ring.get_visible():
                widths.setdefault(k, []).append((frame, ring.get_markersize()))
    assert widths
    for found in widths.values():
        frames, sizes = zip(*found, strict=True)
        assert np.diff(frames).max(initial=1) == 1
        assert (np.diff(sizes) > 0).all()
        assert frames[-1] < timeline.frames


def test_in_a_part_of_the_window_nothing_is_said():
    story = "story: [{at: 120, focus: {around: [0, 0], within: 0.5}}]"
    player = staged(more=story, annotate="[reach]")
    player.picture(player.view.timeline.frames - 1)
    assert set(said(player).values()) == {False}


@pytest.mark.parametrize(
    ("scene", "why"),
    [
        (
            "start: {count: 9}",
            "what happens is said of runs from one start over a surface, and here there are none",
        ),
        (
            "panels: [loss]",
            "what happens is said on a contour or a relief, and here there is none",
        ),
    ],
)
def test_where_there_is_nothing_to_say_or_no_place_for_it_it_cannot_be_asked_for(scene, why):
    text = f"surface: ravine\noptimizers: [sgd]\nsteps: 5\n{scene}\nstyle: {{annotate: {{}}}}"
    with pytest.raises(UnfitScene) as error:
        stage(read_text(text.replace("{}", "[reach]"), "x").scene)
    assert [each.message for each in error.value.mistakes] == [f"{why}; leave annotate out"]
    view = stage(read_text(text.replace("{}", "auto"), "x").scene).view
    assert (view.noted, view.landmarks) == ((), ())


def test_files_of_vectors_have_the_words_as_text(tmp_path):
    target = tmp_path / "ravine.svg"
    player = stage(ravine())
    player.save_svg(player.count - 1, target)
    text = target.read_text(encoding="utf-8")
    assert "reaches the minimum" in text


def test_formulas_of_labels_are_set_as_in_the_legend():
    player = stage(
        read_text(BOWL.replace("label: far", r'label: "$\\alpha_\\beta$, 5$"'), "x").scene
    )
    words = next(
        part
        for sprite in player.figure.findobj(Sprite)
        for part in sprite.get_children()
        if hasattr(part, "get_text") and "minimum" in part.get_text()
    )
    assert words.get_text().startswith(r"$\alpha_\beta$, 5")
    raw = Text(0, 0, words.get_text(), parse_math=False, fontsize=words.get_fontsize())
    raw.set_figure(player.figure)
    assert words.get_window_extent().width < 0.9 * raw.get_window_extent().width
