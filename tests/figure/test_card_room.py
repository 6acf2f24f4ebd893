"""What stands on an end card has room in every picture, is whole, and belongs to its own row."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from animate.pipeline import stage
from animate.scene.load import read
from animate.text import Words
from animate.theme import theme
from tests.figure.cards import RACE, SWARM, boxes, card_of, marks, ready_of, solved, words_on
from tests.pictures import composed

SCENES = Path(__file__).parents[2] / "scenes"


@cache
def view_of(language):
    scene = solved(RACE)[0]
    style = scene.style.model_copy(update={"language": language})
    return stage(scene.model_copy(update={"style": style})).view


@settings(max_examples=25, deadline=None)
@given(
    some.data(),
    some.sampled_from([(320, 240), (640, 480), (1280, 720), (1920, 1080), (1080, 1350)]),
    some.sampled_from(["light", "dark", "paper"]),
    some.sampled_from(["en", "ru"]),
)
def test_no_words_or_dots_lie_on_others(data, size, looks, language):
    view = view_of(language)
    paths = view.trajectories
    found = paths.losses.copy()
    ends = data.draw(some.lists(some.floats(1e-12, 1e5), min_size=5, max_size=5))
    last = paths.steps.searchsorted(paths.ends[:, 0])
    found[range(5), 0, last] = ends
    arrivals = tuple(data.draw(some.sampled_from([None, 7, 150])) for _ in range(5))
    view = replace(
        view,
        pixels=size,
        theme=theme(looks),
        trajectories=replace(paths, losses=found),
        arrivals=arrivals,
    )
    ready = composed(solved(RACE)[0].panels, view)
    ready.picture(ready.count - 1)
    texts = [each for each in card_of(ready) if hasattr(each, "get_text") and each.get_text()]
    found = boxes(texts)
    width, height = size
    for k, box in enumerate(found):
        assert box.x0 >= 0
        assert box.x1 <= width
        assert box.y0 >= 0
        assert box.y1 <= height
        for other in found[:k]:
            across = min(box.x1, other.x1) - max(box.x0, other.x0)
            up = min(box.y1, other.y1) - max(box.y0, other.y0)
            assert across <= 1 or up <= 0.35 * min(box.height, other.height)
    for dot in marks(ready):
        box = dot.get_window_extent()
        x = (box.x0 + box.x1) / 2
        y = (box.y0 + box.y1) / 2
        assert not any(b.x0 < x < b.x1 and b.y0 + 1 < y < b.y1 - 1 for b in found)


OFFSET = """
surface: {formula: "1e9+x**2+y**2", window: [[-1, 1], [-1, 1]]}
start: [0.5, 0.7]
optimizers:
  - {name: sgd, learning_rate: 0.1}
  - {name: momentum, learning_rate: 0.05}
  - {name: adam, learning_rate: 0.1}
steps: 60
timing: {seconds: 0.4, hold: 1}
"""


@pytest.mark.parametrize("size", [(640, 480), (320, 240), (480, 640)])
def test_over_a_large_offset_heights_are_told_that_differ(size):
    ready = ready_of(f"{OFFSET}style: {{size: [{size[0]}, {size[1]}]}}\n")
    paths = ready.view.trajectories
    above = sorted(float(each) - 1e9 for each in paths.losses[:, 0, -1])
    told = words_on(ready)
    for height in above:
        assert any(each.split("  ")[0] == Words().number(height, 3) for each in told)
    assert len({Words().number(each, 3) for each in above}) == len(above)
    assert "height above lowest" in " ".join(told)
    assert not any("…" in each for each in told)


@pytest.mark.parametrize("size", [(320, 240), (640, 480), (720, 480)])
@pytest.mark.parametrize("scene", ["scenes/beale.yaml", "scenes/relief/himmelblau.yaml"])
def test_a_dot_is_nearer_to_its_own_name_than_to_the_next(scene, size):
    ready = stage(read(Path(scene), [f"style.size=[{size[0]}, {size[1]}]"]).scene)
    ready.picture(ready.count - 1)
    lines_of = sorted(
        (
            each
            for each in card_of(ready)
            if hasattr(each, "get_text") and each.get_text() in ready.view.names
        ),
        key=lambda each: -each.get_window_extent().y0,
    )
    dots = sorted((each.get_window_extent() for each in marks(ready)), key=lambda each: -each.y0)
    capital = 0.66 * ready.view.type("legend")
    for dot, own, following in zip(dots, lines_of, lines_of[1:], strict=False):
        high = ready.view.pixels[1]
        above, below = own.get_position()[1] * high, following.get_position()[1] * high + capital
        middle = (dot.y0 + dot.y1) / 2
        assert above - middle < middle - below


@pytest.mark.parametrize("size", [(1080, 1350), (600, 750), (540, 960)])
def test_below_a_map_in_a_tall_picture_all_is_said_of_every_run_in_one_column(size):
    ready = ready_of(f"{RACE}style: {{size: [{size[0]}, {size[1]}]}}\n")
    told, view = words_on(ready), ready.view
    assert {*view.names} <= {*told}
    assert all(told.count(note) >= view.notes.count(note) for note in view.notes)
    arrived = [step for step in view.arrivals if step is not None]
    assert arrived
    assert all(any(f"★ {step}" in word for word in told) for step in arrived)
    texts = [each for each in card_of(ready) if hasattr(each, "get_text")]
    assert (
        len({round(each.get_window_extent().x0) for each in texts if each.get_text() in view.names})
        == 1
    )


@pytest.mark.parametrize("size", [(1080, 1350), (600, 750), (640, 480), (1280, 720)])
def test_a_swarm_ends_with_the_share_at_every_minimum(size):
    ready = ready_of(f"{SWARM}style: {{size: [{size[0]}, {size[1]}]}}\n")
    told = words_on(ready)
    shares = [float(word.rstrip("%")) for word in told if word.endswith("%")]
    shares = [each for each in shares if each not in (0.0, 100.0)]  # those of the axis
    assert sum(shares) == pytest.approx(100.0, abs=0.3)
    assert "share of starts" in told
    assert "learning rate" not in told


def test_panels_become_somewhat_smaller_for_a_card_that_has_no_room_beside_each_other():
    ready = ready_of(f"{RACE}panels: [contour, relief]\nstyle: {{size: [1280, 720]}}\n")
    told, view = words_on(ready), ready.view
    assert all(told.count(note) >= view.notes.count(note) for note in view.notes)
    assert any("★" in word for word in told)


@pytest.mark.parametrize(
    ("name", "size"), [("article/14_rare_feature", (640, 480)), ("saddle", (1280, 720))]
)
def test_a_card_of_long_rows_stands_beside_the_colours(name, size):
    scene = read(SCENES / f"{name}.yaml", (f"style.size=[{size[0]}, {size[1]}]",)).scene
    ready = stage(scene)
    ready.picture(ready.count - 1)
    card = [each for each in card_of(ready) if hasattr(each, "get_text") and each.get_text()]
    assert card
    others = [each for each in ready.figure.texts if each.get_visible() and each not in card]
    strips = [axes.bbox for axes in ready.figure.axes if axes.images and not axes.axison]
    for box in boxes(card):
        assert not any(box.overlaps(other) for other in [*boxes(others), *strips])


@pytest.mark.parametrize("looks", ["light", "poster"])
@pytest.mark.parametrize("size", [(240, 240), (320, 400), (640, 480), (1280, 400)])
@pytest.mark.parametrize("panel", ["contour", "curvature"])
def test_a_card_of_runs_that_have_all_diverged_names_each_at_its_end(size, looks, panel):
    text = (
        "surface: beale\nsteps: 6\noptimizers:\n"
        "- {name: rmsprop, learning_rate: 1.0e+300}\n- {name: adamw, learning_rate: 1.0e+300}\n"
        f"panels: [{panel}]\nstyle: {{size: {[*size]}, theme: {looks}, language: ru}}\n"
        "timing: {seconds: 0.4, hold: 1}\n"
    )
    ready = ready_of(text)
    lost = [ready.view.words("lost", step=int(ends.max())) for ends in ready.view.trajectories.ends]
    shown = " ".join(words_on(ready))
    if shown:
        assert all(each in shown for each in ("RMSProp", "AdamW"))
        assert all(step in shown for step in {each.split()[-1] for each in lost})
