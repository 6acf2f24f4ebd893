"""The numbers below a key of colours: true heights at their places, as on a relief's axis."""

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D

from animate.figure.heights import height_ticks
from animate.panels.relief.edges import upright
from animate.pipeline import stage
from animate.scene.load import read_text
from animate.simulate.terrain import Scale
from animate.text import Words

SCENE = """
surface: {surface}
optimizers: [{{name: sgd, learning_rate: 0.001}}]
steps: 2
style: {{size: {size}, language: {language}}}
"""


def key_of(surface, size=(640, 480), language="en", contour=""):
    """Where the numbers below the strip stand on it, from 0 to 1, the numbers, and its scale."""
    text = SCENE.format(surface=surface, size=list(size), language=language) + contour
    player = stage(read_text(text, "x.yaml").scene)
    figure = player.figure
    strip = next(axes for axes in figure.axes if axes.images and not axes.axison)
    x0, y0, width, _ = strip.get_position().bounds
    below = [t for t in figure.texts if y0 - 0.06 < t.get_position()[1] < y0]
    below = [t for t in below if x0 - 0.01 <= t.get_position()[0] <= x0 + width]
    ticks = [line for line in figure.findobj(Line2D) if len(line.get_xdata()) == 2]
    at = sorted((line.get_xdata()[0] - x0) / width for line in ticks if max(line.get_ydata()) == y0)
    boxes = sorted((t.get_window_extent() for t in below), key=lambda box: box.x0)
    words = [t.get_text() for t in sorted(below, key=lambda t: t.get_position()[0])]
    return np.array(at), words, player.view.terrain.scale(), boxes


@pytest.mark.parametrize("size", [(640, 480), (320, 240), (540, 675), (1280, 720)])
@pytest.mark.parametrize("surface", ["beale", "himmelblau", "quadratic", "saddle"])
def test_the_numbers_of_a_key_are_the_heights_at_their_places(surface, size):
    at, words, scale, boxes = key_of(surface, size)
    heights = [float(word.replace("\N{MINUS SIGN}", "-").replace(",", "")) for word in words]
    np.testing.assert_allclose(scale.unit(np.array(heights)), at, atol=0.02)
    assert len(words) >= 2
    assert all(a.x1 < b.x0 for a, b in pairwise(boxes))


def test_a_key_has_the_numbers_of_a_reliefs_axis():
    _, words, scale, _ = key_of("beale", (1280, 720))
    assert set(words) <= set(upright(scale, "loss", Words("en")).labels)


def test_of_equal_heights_there_is_one_number():
    flat = Scale(log=False, low=3.0, high=3.0)
    at, labels = height_ticks(flat, Words("en"))
    assert (at.tolist(), labels) == ([0.5], ("3",))


def test_a_key_speaks_the_pictures_language():
    _, words, _, _ = key_of(
        '{formula: "x**2/20 + y**2/20", window: [[-1, 1], [-1, 1]]}', (640, 480), "ru"
    )
    assert any("," in word for word in words)
    assert not any("." in word for word in words)


BASINS = """
surface: himmelblau
optimizers: [{name: momentum, learning_rate: 0.03}]
steps: 40
panels: [{basins: {resolution: 24}}]
"""


@pytest.mark.parametrize("theme", ["light", "dark", "paper", "poster"])
def test_starts_in_no_minimum_have_a_colour_apart_that_the_key_tells(theme):
    text = f"{BASINS}style: {{theme: {theme}, size: [320, 240]}}\n"
    player = stage(read_text(text, "x.yaml").scene)
    (shown,) = [axes.images[0] for axes in player.figure.axes if axes.axison]
    (strip,) = [axes.images[0] for axes in player.figure.axes if not axes.axison]
    (swatch,) = [
        line
        for line in player.figure.get_children()
        if isinstance(line, Line2D) and line.get_marker() == "s"
    ]
    player.picture(player.count - 1)
    which = player.view.basins[24].which[0]
    apart = to_rgb(swatch.get_color())
    np.testing.assert_allclose(shown.get_array()[which < 0], [apart] * (which < 0).sum(), atol=0.01)
    ramp = np.asarray(strip.get_array())[0]
    assert np.abs(ramp - apart).max(axis=-1).min() > 0.06
    (words,) = [t for t in player.figure.texts if t.get_text() == "in no minimum"]
    box = words.get_window_extent()
    assert box.x0 >= 0
    assert box.x1 <= 320


@pytest.mark.parametrize(("language", "said"), [("en", "loss of the dots"), ("ru", "потери точек")])
def test_dots_that_are_coloured_by_loss_have_a_key_of_their_own(language, said):
    text = SCENE.format(surface="himmelblau", size=[640, 480], language=language)
    swarm = text.replace("steps: 2", "steps: 2\nstart: {count: 30}\npanels: [{panel}]")
    by_loss = stage(read_text(swarm.replace("{panel}", "{contour: {color_by: loss}}"), "x").scene)
    texts = [each.get_text() for each in by_loss.figure.texts]
    assert sum(each.startswith(said) for each in texts) == 1
    plain = stage(read_text(swarm.replace("{panel}", "contour"), "x").scene)
    assert not any(each.get_text().startswith(said) for each in plain.figure.texts)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("size", [(360, 640), (480, 720), (240, 320)])
def test_every_key_has_its_place_in_a_tall_picture(size, language):
    """Where they have none side by side they stand one below the other, all in the picture."""
    text = SCENE.format(surface="himmelblau", size=list(size), language=language).replace(
        "steps: 2", "steps: 2\nstart: {count: 30}\npanels: [{contour: {color_by: loss}}]"
    )
    figure = stage(read_text(text, "x").scene).figure
    strips = [each.get_window_extent() for each in figure.axes if each.images and not each.axison]
    assert len(strips) == 2
    assert strips[0].y0 > strips[1].y1 or strips[0].x1 < strips[1].x0
    words = [each.get_window_extent() for each in figure.texts]
    assert all(box.x0 >= 0 and box.x1 <= size[0] and box.y0 >= 0 for box in (*strips, *words))


@pytest.mark.parametrize("high", [1, 2, 3, 7, 150])
def test_a_key_of_steps_has_whole_numbers_alone(high):
    scale = Scale(log=False, low=0.0, high=float(high))
    _, words = height_ticks(scale, Words(), whole=True)
    assert all(each.isdigit() for each in words)
    assert words[0] == "0"
    assert len(words) > 1


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ("[2.125, 6]", ["2.125", "6"]),
        ("[1, 4.5, 7]", ["1", "4.5", "7"]),
        ("[0.5, 4, 900]", ["0.5", "4"]),
    ],
)
def test_a_key_of_the_authors_own_levels_has_its_ticks_at_these(levels, told):
    surface = '{formula: "x**2 + y**2", window: [[-2, 2], [-2, 2]]}'
    at, words, scale, _ = key_of(
        surface, contour=f"panels: [contour: {{levels: {levels}, scale: linear}}]\n"
    )
    assert words == told
    np.testing.assert_allclose(at, scale.unit(np.array(told, float)), atol=0.005)


def test_a_key_of_labelled_levels_has_the_labels_of_the_lines():
    surface = '{formula: "x**2 + y**2", window: [[-2, 2], [-2, 2]]}'
    at, words, scale, _ = key_of(
        surface, size=(900, 700), contour="panels: [contour: {labels: true, scale: linear}]\n"
    )
    assert len(words) >= 3
    np.testing.assert_allclose(at, scale.unit(np.array(words, float)), atol=0.005)
    assert all(float(word) == round(float(word), 1) for word in words)
