"""The box around the relief: labels, ticks, and nothing cut off."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from animate.figure.paths.brush import Brush
from animate.panels import Contour, Relief
from animate.panels.relief.box import Box
from animate.panels.relief.ground import Ground
from animate.panels.relief.place import Place
from animate.panels.relief.raytrace import Camera
from animate.simulate.terrain import Terrain
from animate.surfaces import built_in
from tests.pictures import composed
from tests.relief.ridge import PIXELS, model_of, ridge_view


class Recorder(Brush):
    """A brush that notes what is written, and how opaque."""

    def __init__(self, clip):
        super().__init__(clip)
        self.written = []

    def polyline(self, *line):
        pass

    def hatch(self, *lines):
        pass

    def fill(self, renderer, outline, at, colour, rim=0.0):  # noqa: ARG002  # as the brush has it
        if not rim:
            self.written.append((id(outline), np.array(at), colour[3]))


@pytest.fixture(scope="module")
def labels():
    """What is written for an azimuth: (word, place, opacity) each."""
    from matplotlib.transforms import Bbox

    view = replace(ridge_view(), terrain=Terrain(lambda x, y: x + y, ((-1.0, 1.0), (0.0, 5.0))))
    brush = Recorder(Bbox([[0, 0], PIXELS]))
    box = Box(Ground(view.terrain, view.terrain.scale("linear")), view, brush)

    def written(azimuth, elevation=30.0):
        brush.written.clear()
        camera = Camera(azimuth, elevation, 120.0, (180.0, 150.0), 0.6)
        box.draw_labels(None, camera, Place(camera, 0.0, 0.0))
        names = {id(path): word for (word, *_), (path, _) in box.lettering.words.items()}
        return [(names[i], at, opacity) for i, at, opacity in brush.written]

    return written


@pytest.mark.parametrize(
    ("elevation", "gone", "kept"), [(90.0, {"loss"}, {"x", "y"}), (0.0, {"y"}, {"x", "loss"})]
)
def test_the_axis_that_is_seen_end_on_has_no_ticks(labels, elevation, gone, kept):
    seen = labels(-90.0, elevation)
    words = {word for word, *_ in seen}
    assert kept <= words
    assert not gone & words
    places = [at for _, at, opacity in seen if opacity > 0.5]
    apart = [np.hypot(*(a - b)) for a, b in itertools.combinations(places, 2)]
    assert min(apart) > 6


def test_labels_change_sides_by_fading_and_never_jump(labels):
    seen = [labels(azimuth) for azimuth in range(-180, 181)]
    for name in ("x", "y", "loss"):
        total = [sum(opacity for word, _, opacity in each if word == name) for each in seen]
        assert min(total) > 0.6, name
        assert max(total) < 1.4, name
    for before, after in itertools.pairwise(seen):
        for word, at, opacity in after:
            if opacity > 0.6:
                assert any(w == word and np.linalg.norm(p - at) < 6 for w, p, _ in before), word


def test_no_number_stands_on_another(labels):
    """About 6 pixels high, and 5 wide a letter, they stand apart wherever the camera stands; the
    name of the heights is upright."""

    def half(word):
        return (3.0, 2.5 * len(word)) if word == "loss" else (2.5 * len(word), 3.0)

    for azimuth in range(-180, 181, 3):
        clear = [(word, at) for word, at, opacity in labels(azimuth) if opacity > 0.3]
        for (one, here), (other, there) in itertools.combinations(clear, 2):
            apart = abs(here - there) > np.add(half(one), half(other))
            assert apart.any(), (azimuth, one, other)


@pytest.mark.parametrize("azimuth", [-180, -90, 0, 90])
def test_at_right_angles_each_axis_is_labelled_once(azimuth, labels):
    for name in ("x", "y", "loss"):
        assert [o for n, _, o in labels(azimuth) if n == name] == [1.0]


def number(label):
    """A number as it is written in a picture."""
    label = label.replace(",", "")
    if label.startswith("10") and not label.isascii():
        label = f"1 × {label}"
    mantissa, _, power = label.partition(" × 10")
    lowered = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(mantissa) * 10.0 ** int(lowered or 0)


def test_heights_on_a_logarithmic_axis_stand_at_their_true_places():
    surface = built_in("beale", {})
    view = replace(ridge_view(), terrain=Terrain(surface.function, surface.window))
    scale = view.terrain.scale("log")
    from matplotlib.transforms import Bbox

    ticks = Box(Ground(view.terrain, scale), view, Brush(Bbox([[0, 0], PIXELS]))).ticks[2]
    assert ticks.name == "loss, log scale"
    assert len(ticks.labels) >= 4
    for at, label in zip(ticks.at, ticks.labels, strict=True):
        value = number(label)
        knee = scale.offset / (scale.high - scale.low)
        share = (value - scale.low) / (scale.high - scale.low)
        assert at == pytest.approx(np.log1p(share / knee) / np.log1p(1 / knee), abs=2e-3)


@pytest.mark.parametrize("azimuth", range(-180, 180, 45))
@pytest.mark.parametrize("elevation", [-30, 10, 35, 90])
def test_nothing_of_the_box_is_cut_off(azimuth, elevation):
    stage = composed([[Relief(azimuth=azimuth, elevation=elevation)]], ridge_view(), legend=False)
    model = model_of(stage)
    corners = np.array(np.meshgrid([-0.5, 0.5], [-0.5, 0.5], [0, 1])).reshape(3, -1).T
    column, row, _ = model.camera(0.0).project(corners).T
    width, height = model.pixels
    assert 0 <= column.min() <= column.max() <= width
    assert 0 <= row.min() <= row.max() <= height
    ink = (stage.picture(0)[..., :3] != 255).any(-1)
    assert not ink[:, :2].any()
    assert not ink[:, -2:].any()


def test_a_box_that_its_words_would_crowd_has_none():
    view = replace(ridge_view(), pixels=(320, 240))
    for panels, lettered in (
        ([[Relief()]], True),
        ([[Contour(), Relief()], [Contour(), Relief()]], False),
    ):
        stage = composed(panels, view)
        stage.picture(0)
        model = model_of(stage)
        assert bool(model.box.lettering.written) == lettered
        left, below, right, above = model.box.margins(*model.pixels, underneath=False)
        assert (left + right) / model.pixels[0] <= 0.5
        assert (below + above) / model.pixels[1] <= 0.5


@pytest.mark.parametrize("size", [(1280, 720), (1080, 1350), (640, 480)])
@pytest.mark.parametrize("azimuth", [-120, -60, 20])
def test_box_and_words_fill_the_panel_one_way_or_the_other(size, azimuth):
    panel = Relief(azimuth=azimuth, elevation=40)
    stage = composed([[panel]], replace(ridge_view(), pixels=size), legend=False)
    picture, model = stage.picture(0)[..., :3], model_of(stage)
    rows, columns = np.nonzero((picture != picture[0, 0]).any(-1))
    ink = np.ptp(columns) / model.pixels[0], np.ptp(rows) / model.pixels[1]
    assert max(ink) > 0.94
