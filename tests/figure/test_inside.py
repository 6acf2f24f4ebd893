"""The legend stands in a corner of a map to which no run comes, where the map is larger then."""

import numpy as np
import pytest
from matplotlib.text import Text

from animate.figure.free import PLATE
from animate.pipeline import stage
from animate.scene.load import read_text

SCENE = """
title: {title}
surface: {surface}
optimizers: [{{name: sgd, learning_rate: 0.01}}, {{name: adam, learning_rate: 0.1}}]
steps: {steps}
panels: {panels}
style: {{size: {size}{style}}}
"""
BOWL = '{formula: "x**2 + 0.2*y**2", window: [[-2, 2], [-1.5, 1.5]]}\nstart: [1.5, 1.2]'


def staged(
    *, surface=BOWL, panels="[contour]", size="[640, 480]", title="A title", style="", steps=40
):
    text = SCENE.format(
        surface=surface, panels=panels, size=size, title=title, style=style, steps=steps
    )
    ready = stage(read_text(text, "x.yaml").scene)
    ready.picture(0)
    return ready


def plate_of(ready):
    found = [each for each in ready.figure.artists if each.get_gid() == PLATE]
    return found[0].get_window_extent() if found else None


def words_of(ready):
    shown = [each for each in ready.figure.texts if each.get_visible()]
    return {each.get_text(): each.get_window_extent() for each in shown}


def test_it_stands_on_the_map_and_no_run_comes_to_it():
    ready = staged()
    plate, axes = plate_of(ready), ready.figure.axes[0]
    assert axes.bbox.x0 < plate.x0 < plate.x1 < axes.bbox.x1
    assert axes.bbox.y0 < plate.y0 < plate.y1 < axes.bbox.y1
    for name in ("SGD", "Adam", "0.01", "0.1", "learning rate", "loss"):
        box = words_of(ready)[name]
        assert plate.x0 < box.x0 < box.x1 < plate.x1, name
        assert plate.y0 < box.y0 < box.y1 < plate.y1, name
    places = axes.transData.transform(ready.view.trajectories.positions.reshape(-1, 2))
    assert not ((places > plate.p0) & (places < plate.p1)).all(axis=1).any()


def test_the_map_has_two_thirds_of_the_picture():
    axes = staged(surface="beale").figure.axes[0]
    assert axes.bbox.width * axes.bbox.height > 0.66 * 640 * 480


@pytest.mark.parametrize(
    "other",
    [
        {"panels": "[contour: {vectors: [gradient]}]"},
        {"panels": "[contour, contour: {scale: log}]"},
        {"panels": "[relief]"},
        {"style": ", legend: false"},
        {"size": "[1280, 480]"},
    ],
    ids=str,
)
def test_it_does_not_where_arrows_several_maps_or_a_camera_move_or_nothing_is_won(other):
    assert plate_of(staged(**other)) is None


def test_it_does_not_where_runs_come_to_every_corner():
    assert plate_of(staged(surface=BOWL + "\nnoise: {std: 25}", steps=2000)) is None


def test_the_counter_stands_beside_the_title():
    ready = staged()
    box = words_of(ready)["of 40"]
    assert box.y0 > ready.figure.axes[0].bbox.y1
    assert box.x1 <= ready.figure.axes[0].bbox.x1 + 1


def test_the_end_card_stands_in_its_place():
    ready = staged()
    ready.picture(ready.count - 1)
    plate = plate_of(ready)
    shown = [
        each.get_window_extent()
        for each in ready.figure.findobj(Text)
        if each.get_gid() == "end card" and each.get_visible()
    ]
    assert len(shown) >= 4
    assert all(plate.x0 <= box.x0 and box.x1 <= plate.x1 for box in shown)


def test_what_happens_to_runs_is_said_beside_it():
    ready = staged(surface="beale", style=", annotate: [reach, overshoot, linger, stall, leave]")
    last = ready.picture(ready.view.timeline.frames - 1)
    assert np.isfinite(last).all()
    plate = plate_of(ready)
    for axes in ready.figure.axes:
        for text in axes.findobj(Text):
            box = text.get_window_extent()
            if text.get_text() and text.get_visible() and axes.axison and "step" in text.get_text():
                assert not box.overlaps(plate), text.get_text()


def test_no_height_on_a_level_line_lies_under_it():
    ready = staged(panels="[contour: {labels: true, levels: [0.1, 0.3, 0.6, 1, 2, 3, 4]}]")
    axes, plate = ready.figure.axes[0], plate_of(ready)
    labels = [text.get_window_extent() for text in axes.texts]
    assert len(labels) >= 4
    assert not [box for box in labels if box.overlaps(plate)]


@pytest.mark.parametrize(
    "title", ["''", "A title of so many letters that nothing has room beside it"]
)
def test_it_stands_beside_the_name_of_the_axis_where_there_is_no_room_beside_a_title(title):
    ready = staged(title=title)
    axes, box = ready.figure.axes[0], words_of(ready)["of 40"]
    name = axes.xaxis.label.get_window_extent()
    assert name.x1 < box.x0 < box.x1 <= axes.bbox.x1 + 1
    assert name.y0 - 3 < box.y0 < box.y1 < name.y1 + 3
