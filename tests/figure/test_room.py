"""Where there is no room it is told, and what is wide takes less of it."""

from itertools import combinations

import pytest

from animate.errors import NoRoom
from animate.pipeline import stage
from animate.scene.load import read_text
from tests.figure.arranged import arranged, panels_of


def test_what_has_no_room_is_told():
    with pytest.raises(NoRoom) as told:
        arranged("[[" + ", ".join(["loss"] * 12) + "]]", (320, 240))
    assert str(told.value) == (
        "320 × 240 pixels leave no room for 12 panels and the legend; make the picture larger, "
        "or set style.legend to false"
    )


@pytest.mark.parametrize("shape", [1, 2, 5, 7.5])
@pytest.mark.parametrize("width", [96, 128, 160, 200, 240])
def test_a_legend_below_a_narrow_picture_is_inside_of_it_or_refused(width, shape):
    size = width, int(width * shape)
    try:
        ready = arranged("[contour]", size)
    except NoRoom as told:
        said, boxes = str(told), []
    else:
        said, renderer = "", ready.figure.canvas.get_renderer()
        boxes = [text.get_window_extent(renderer) for text in ready.figure.texts]
    assert boxes or said.startswith(f"{size[0]} × {size[1]} pixels leave no room for")
    assert all(box.x0 > -1 and box.x1 < width + 1 for box in boxes)


@pytest.mark.parametrize("size", [(320, 240), (640, 480), (1080, 1080), (1920, 1080)])
@pytest.mark.parametrize("rows", [1, 2, 3])
def test_the_cells_of_split_panels_in_a_grid_have_room_or_are_refused(size, rows):
    split = ", ".join(["{contour: {split: optimizers}}", "loss"])
    try:
        ready = arranged("[" + ", ".join([f"[{split}]"] * rows) + "]", size)
    except NoRoom as told:
        said = str(told)
    else:
        least = min(min(each.get_window_extent().size) for each in panels_of(ready))
        said = "" if least > min(3 * ready.view.type("label"), 0.09 * min(size)) else "too small"
    assert not said or said.startswith(f"{size[0]} × {size[1]} pixels leave no room for")


def test_words_stand_in_the_box_that_was_made_for_them():
    say = "Along the valley gradients agree and add up; across it they cancel. " * 3
    panels = f"[[contour, loss], [{{text: {{say: '{say.strip()}'}}}}]]"
    for size in [(640, 480), (1280, 720)]:
        ready = arranged(panels, size)
        axes = next(each for each in ready.figure.axes if each.texts and not each.axison)
        box = axes.get_window_extent()
        lines = [each.get_window_extent(ready.figure.canvas.get_renderer()) for each in axes.texts]
        assert min(line.y0 for line in lines) > box.y0 - 1
        assert max(line.x1 for line in lines) < box.x1 + 1
        assert max(line.x1 for line in lines) > 0.8 * box.x1  # broken where the room ends


def test_formulas_are_no_better_for_being_higher():
    scene = "surface: beale\noptimizers: [adam, adamax]\npanels: [[contour, loss], [formula]]"
    ready = stage(read_text(f"{scene}\nsteps: 2", "x").scene)
    contour, _, formula = (each.get_window_extent() for each in ready.figure.axes[:3])
    assert contour.height > formula.height


@pytest.mark.parametrize("size", [(640, 480), (320, 240), (540, 960)])
@pytest.mark.parametrize(
    ("panels", "said"),
    [
        ("[contour]", ["loss, log scale"]),
        ("[contour, {contour: {levels: 24}}]", ["loss, log scale"]),
        ("[contour, {basins: {resolution: 8}}]", ["loss, log scale", "steps"]),
    ],
)
def test_the_legend_explains_every_scale_of_colours_once(panels, said, size):
    scene = "surface: beale\noptimizers: [{name: momentum, learning_rate: 0.005}]\nsteps: 20"
    text = f"{scene}\npanels: {panels}\nstyle: {{size: [{size[0]}, {size[1]}]}}"
    ready = stage(read_text(text, "x").scene)
    ready.picture(0)
    texts = {text.get_text(): text for text in ready.figure.texts}
    assert sorted(each for each in texts if each in ("loss, log scale", "steps")) == said
    boxes = [texts[each].get_window_extent() for each in (*said, "Momentum")]
    for k, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:k])


@pytest.mark.parametrize(
    ("size", "name", "said"),
    [
        ((640, 480), "SGD", ["loss, log scale", "loss", "steps"]),
        ((360, 600), "SGD", ["loss, log scale", "loss", "steps"]),
        ((400, 600), "SGD with a name of 28 letters", ["loss, log scale", "loss", "steps"]),
    ],
)
def test_the_legend_explains_every_scale_where_the_names_leave_room(size, name, said):
    scene = f"surface: beale\noptimizers: [{{name: sgd, label: {name}, learning_rate: 1e-3}}]"
    panels = "[contour, {contour: {scale: linear}}, {basins: {resolution: 8}}]"
    text = f"{scene}\nsteps: 20\npanels: {panels}\nstyle: {{size: [{size[0]}, {size[1]}]}}"
    texts = {each.get_text(): each for each in stage(read_text(text, "x").scene).figure.texts}
    assert [each for each in ("loss, log scale", "loss", "steps") if each in texts] == said
    boxes = [texts[each].get_window_extent() for each in (*said, name)]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


@pytest.mark.parametrize("camera", ["azimuth: 10, orbit: 0", "path: [{at: 0, azimuth: 10}]"])
@pytest.mark.parametrize("size", [(320, 240), (640, 480), (480, 640)])
def test_no_word_of_the_legend_stands_on_a_relief_whose_camera_rests(size, camera):
    ready = arranged(f"[{{relief: {{{camera}}}}}]", size)
    boxes = [each.get_window_extent() for each in ready.figure.axes]
    box = max(boxes, key=lambda box: box.width * box.height)
    renderer = ready.figure.canvas.get_renderer()
    words = [each for each in ready.figure.texts if each.get_text().strip()]
    assert words
    assert not [each.get_text() for each in words if box.overlaps(each.get_window_extent(renderer))]
