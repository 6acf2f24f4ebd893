"""What is said of runs on a map: of each what tells most, and of all to which it happens."""

import re
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from animate.api import trace
from animate.figure import EventKind
from animate.pipeline import describe, stage
from animate.scene.load import read, read_text
from animate.sources.description import noted, outcomes_of
from tests.panels.annotated import BOWL, said, staged

SCENES = Path(__file__).parents[2] / "scenes"


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
    assert "near (step 19) reaches the local minimum" in describe(scene)
    assert not any("reaches" in text for text in said(stage(scene)))
    asked = read_text(f"{WELLS}style: {{annotate: [reach]}}", "x").scene
    assert list(said(stage(asked))) == ["near (step 19)\nreaches the local minimum"]


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


def test_on_the_plateau_plain_descent_stalls_at_the_best_rate_too():
    text = "surface: plateau\noptimizers: [sgd, momentum, adam]"
    told = [
        [each.together for each in notes] for notes in stage(read_text(text, "x").scene).view.noted
    ]
    assert told == [["stall on a plateau"], ["reach the minimum"], ["reach the minimum"]]
