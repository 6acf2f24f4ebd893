"""Slices in relief: one camera and scale for all, and the colour on the cells that bend down."""

import numpy as np
import pytest

from animate import pipeline as movie
from animate.errors import UsageError
from animate.networks.experiments import cut, cut_relief
from animate.panels.relief.raytrace import from_heights, look, picture
from animate.scene.load import read_text
from tests.experiments.conftest import small_result

SCENE = "experiment: skip_connections\nstyle: {size: [640, 360]}\ntiming: {seconds: 1, fps: 2}\n"


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(
        "animate.networks.experiments.table.run_experiment",
        lambda *_: small_result("skip_connections"),
    )


def test_the_colour_lies_on_the_cells_that_bend_down():
    """The middles of the cells, lifted onto a tilted plane, are projected and looked up."""
    bends = np.random.default_rng(0).random((7, 7)) < 0.4
    side = np.linspace(0.0, 1.0, 301)
    field = from_heights(0.4 + 0.2 * side + 0.1 * side[:, None])
    camera = cut_relief.fitting_camera(300, 260, left=20, above=20)
    style = look(np.array([[0.2, 0.4, 0.6], [0.9, 0.9, 0.8]]), np.array([0.5]))
    drawn = picture(field, camera.projection, style, width=300, height=260)
    where = cut_relief.nonconvex_pixels(bends, camera, drawn.depth)
    places = np.arange(1, 8) / 8
    y, x = np.meshgrid(places, places, indexing="ij")
    points = np.stack([x - 0.5, y - 0.5, 0.4 + 0.2 * x + 0.1 * y], axis=-1)
    column, row = np.moveaxis(camera.project(points)[..., :2].astype(int), -1, 0)
    np.testing.assert_array_equal(where[row, column], bends)
    assert not where[~np.isfinite(drawn.depth)].any()


def test_all_slices_share_their_height_and_say_that_it_is_logarithmic():
    stage = movie.stage(read_text(SCENE, "scene.yaml").scene)
    z = small_result("skip_connections").z
    texts = [text.get_text() for text in stage.figure.texts]
    assert "loss, log scale" in texts
    scales = {cut.slice_of(stage.view, k).scale for k in range(3)}
    (scale,) = scales
    assert (scale.low, scale.high) == (pytest.approx(z.min()), pytest.approx(z.max()))
    middle = np.sqrt(z.min() * z.max())
    np.testing.assert_allclose(scale.unit(middle), 0.5, atol=1e-6)


def test_a_slice_that_is_not_there_is_told():
    text = SCENE + "panels: [{cut_relief: {number: 3}}]\n"
    script = read_text(text, "scene.yaml")
    why = r"^scene\.yaml:4:10: number must be 0 to 2, got 3$"
    with pytest.raises(UsageError, match=why), script.placing():
        movie.stage(script.scene)
