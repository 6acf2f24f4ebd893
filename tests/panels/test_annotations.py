"""What happens to runs is said on the map: in the words of the description, from its step on, over
nothing else."""

import re
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from animate.api import trace
from animate.errors import UnfitScene
from animate.figure import EventKind
from animate.figure.sprite import Sprite
from animate.pipeline import describe, stage
from animate.scene.load import read, read_text
from animate.sources.description import noted, outcomes_of

SCENES = Path(__file__).parents[2] / "scenes"
RAVINE = """
surface: ravine
optimizers:
- {{name: sgd, learning_rate: 0.015}}
- {{name: momentum, learning_rate: 0.003}}
- {{name: nesterov, learning_rate: 0.003}}
- {{name: adagrad, learning_rate: 0.3}}
steps: 150
{more}
timing: {{seconds: 2, hold: 0.5}}
style: {{size: [{size}], language: {language}, annotate: {annotate}}}
"""
BOWL = """
surface: {formula: "x**2 + 20*y**2", window: [[-2.5, 2.5], [-1.5, 1.5]]}
start: [-2, 1]
optimizers:
- {name: momentum, learning_rate: 0.02, label: far}
- {name: sgd, learning_rate: 1e6, label: wild}
steps: 120
timing: {seconds: 1, hold: 0.5}
"""


def ravine(size="640, 480", language="en", annotate="auto", more=""):
    text = RAVINE.format(size=size, language=language, annotate=annotate, more=more)
    return read_text(text, "x").scene


@cache
def staged(**changed):
    return stage(ravine(**changed))


def said(player):
    """The words of every annotation, and whether it is seen."""
    return {
        part.get_text(): sprite.get_visible()
        for sprite in player.figure.findobj(Sprite)
        for part in sprite.get_children()
        if hasattr(part, "get_text")
    }


def step_of(text):
    return int(re.search(r"(\d+)\)", text)[1])


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


def test_where_a_run_turns_back_behind_its_minimum_it_overshoots():
    scene = read_text(BOWL, "x").scene
    paths = trace(scene)
    place = paths.positions[0, 0]
    away, before = np.hypot(*place.T), place @ place[0]
    behind = [k for k in range(120) if before[k] < 0 and away[k] > 0.1 * np.hypot(5, 3)]
    turned = next(k for k in behind if away[k + 1] < away[k])
    sentences = describe(scene)
    assert f"far (step {turned}) overshoots the minimum (0, 0)" in sentences
    asked = read_text(f"{BOWL}style: {{annotate: [overshoot]}}", "x").scene
    assert list(said(stage(asked))) == [f"far (step {turned})\novershoots the minimum"]


def test_from_one_wall_of_a_valley_to_the_other_is_past_no_minimum():
    text = """
surface: {formula: "0.05*(x - y)**2 + 2*(x + y)**2", window: [[-2.5, 2.5], [-2.5, 2.5]]}
start: [-1.75, -0.25]
optimizers: [{name: sgd, learning_rate: 0.24}]
steps: 30
"""
    scene = read_text(text, "x").scene
    place = trace(scene).positions[0, 0]
    assert place[1] @ place[0] < 0
    assert np.hypot(*place[1]) > 0.1 * np.hypot(5, 5)
    assert "overshoots" not in describe(scene)


def test_where_gradients_have_noise_a_turn_is_chance():
    noisy = read_text(f"{BOWL}noise: {{std: 0.5}}\nseed: 1\n", "x").scene
    assert "overshoots" not in describe(noisy)


LATE = """
surface: {formula: "x**2 - y**2 + y**4/4", window: [[-2, 2], [-2, 2]]}
start: [-1.6, 0.002]
optimizers:
- {name: sgd, learning_rate: 0.05, label: slow}
- {name: sgd, learning_rate: 0.002, label: stuck}
steps: 110
timing: {seconds: 2, pace: steps}
"""


def test_what_lasts_is_said_when_it_is_over():
    player = stage(read_text(LATE, "x").scene)
    (text,) = [text for text in said(player) if text.startswith("slow")]
    last = int(re.search(r"–(\d+)", text)[1])
    timeline = player.view.timeline
    for frame in range(player.count):
        player.picture(frame)
        now = timeline.step_at(min(frame, timeline.frames - 1))
        assert said(player)[text] == (now >= last), frame


WELLS = """
surface: {formula: "(x**2-1)**2 + 0.3*x + y**2", window: [[-2, 2], [-2, 2]]}
start: [1.6, 1.2]
optimizers:
- {name: momentum, learning_rate: 0.07, momentum: 0.9, label: low}
- {name: sgd, learning_rate: 0.05, label: near}
steps: 32
"""


def test_who_reaches_a_minimum_is_not_said_while_another_ends_lower():
    scene = read_text(WELLS, "x").scene
    low, near = trace(scene).losses[:, 0, -1]
    assert low < near
    assert "near (step 19) reaches the minimum" in describe(scene)
    assert not any("reaches" in text for text in said(stage(scene)))
    asked = read_text(f"{WELLS}style: {{annotate: [reach]}}", "x").scene
    assert list(said(stage(asked))) == ["near (step 19)\nreaches the minimum"]


@pytest.mark.parametrize("scene", ["beale", "article/08_adamax", "saddle"])
def test_all_to_which_the_same_happens_are_told_or_none(scene):
    ways = set()
    for wide in range(280, 760, 60):
        settings = f"style.size=[{wide}, {wide * 3 // 4}]", "style.annotate=auto"
        player = stage(read(SCENES / f"{scene}.yaml", settings).scene)
        told = dict.fromkeys(said(player))
        for what in {each.together for notes in player.view.noted for each in notes}:
            alike = [n.lines for notes in player.view.noted for n in notes if n.together == what]
            apart = [text for text in ("\n".join(lines) for lines in alike) if text in told]
            joint = [text for text in told if len(alike) > 1 and text.endswith(f"\n{what}")]
            ways.add((len(joint), len(apart) > 0))
            assert len(apart) in (0, len(alike)), wide
            assert not (joint and apart)
            assert all(lines[0] in text for text in joint for lines in alike)
    assert {(0, True), (0, False)} < ways if scene == "beale" else (0, True) in ways


def test_of_each_run_what_tells_most_is_said_or_what_is_asked_for():
    texts = [*said(stage(read_text(BOWL, "x").scene))]
    assert sorted(text.splitlines()[1] for text in texts) == ["diverges", "reaches the minimum"]
    asked = f"{BOWL}style: {{annotate: [reach, overshoot]}}"
    texts = [*said(stage(read_text(asked, "x").scene))]
    assert [text.splitlines()[1] for text in texts] == [
        "overshoots the minimum",
        "reaches the minimum",
    ]


def test_a_story_says_it_itself_unless_it_is_asked_for():
    story = "story: [{at: 10, say: Down}]"
    assert not said(staged(more=story))
    assert said(staged(more=story, annotate="[reach]"))


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
        ("panels: [loss]", "what happens is said on a contour, and here there is none"),
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


EASOM = """
surface: easom
optimizers: [sgd, momentum, rmsprop, adam]
style: {size: [640, 480]}
"""


def test_runs_have_words_though_marks_of_other_places_stand_around():
    player = stage(read_text(EASOM, "x").scene)
    told = "\n".join(said(player))
    assert all(f"{name} (step" in told for name in player.view.names)


def test_runs_are_told_together_only_at_one_place():
    scene = """
surface: himmelblau
optimizers: [{name: sgd, learning_rate: 0.01}, {name: momentum, learning_rate: 0.01},
  {name: adam, learning_rate: 0.5}]
steps: 60
style: {size: [480, 360]}
"""
    for wide in range(240, 800, 80):
        settings = (f"style.size=[{wide}, {wide * 3 // 4}]",)
        player = stage(read_text(scene, "x", settings=settings).scene)
        ends = player.view.trajectories.positions[:, 0, -1]
        assert np.ptp(ends[:, 1]) > 3
        assert not any(text.count("(step") > 1 for text in said(player)), wide


def test_what_is_said_of_a_run_is_said_of_all_to_which_it_happens():
    for surface in ("easom", "plateau", "himmelblau", "six_hump_camel"):
        text = f"surface: {surface}\noptimizers: [sgd, momentum, rmsprop, adam]\nsteps: 80"
        view = stage(read_text(text, "x").scene).view
        told = [each.together for notes in view.noted for each in notes]
        known = noted(view, outcomes_of(view), get_args(EventKind))
        every = [{each.together for each in notes} for notes in known]
        for what in told:
            assert sum(what in each for each in every) == told.count(what)
