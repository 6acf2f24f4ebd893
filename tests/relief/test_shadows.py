"""Contact shadows fall away from the lamp, softly, and are no darker where trails cross."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.transforms import Bbox

from animate.figure.paths.brush import Brush
from animate.panels.relief.shadows import Shadows

MIDDLE = np.array([60.0, 60.0])


def drawn(draw, light):
    """How opaque every pixel [row, column] is, lower row first, after `draw` of shadows."""
    renderer = RendererAgg(120, 120, 72)
    draw(Shadows(Brush(Bbox([[0, 0], [120, 120]])), light, 4.0, 8.0), renderer)
    return np.asarray(renderer.buffer_rgba())[::-1, :, 3] / 255.0


def centre(opacity):
    """The centre (x, y) of a shadow."""
    y, x = np.indices(opacity.shape) + 0.5
    return np.array([(opacity * x).sum(), (opacity * y).sum()]) / opacity.sum()


@pytest.mark.parametrize(("light", "away"), [(315, (1, -1)), (45, (-1, -1)), (135, (-1, 1))])
def test_a_shadow_falls_away_from_the_lamp(light, away):
    line = MIDDLE + np.linspace(-30, 30, 20)[:, None] * np.array([0.6, 0.8])
    for draw in (
        lambda shadows, renderer: shadows.of_trails(renderer, [line]),
        lambda shadows, renderer: shadows.of_head(renderer, MIDDLE, 1.0),
    ):
        fallen = centre(drawn(draw, light)) - MIDDLE
        assert (fallen * away > 0.8).all()


def test_a_shadow_is_subtle_and_no_darker_where_trails_cross():
    ways = [MIDDLE + np.linspace(-30, 30, 20)[:, None] * np.array(way) for way in ((1, 1), (1, -1))]
    opacity = drawn(lambda shadows, renderer: shadows.of_trails(renderer, ways), 315)
    one = drawn(lambda shadows, renderer: shadows.of_trails(renderer, ways[:1]), 315)
    assert 0.1 < one.max() < 0.25
    assert opacity.max() == pytest.approx(one.max(), abs=0.01)
    assert not drawn(lambda shadows, renderer: shadows.of_trails(renderer, []), 315).any()


def test_a_heads_shadow_is_flatter_seen_from_the_side_and_follows_by_parts_of_a_pixel():
    flat, round_ = (
        drawn(lambda shadows, renderer, f=f: shadows.of_head(renderer, MIDDLE, f), 315)
        for f in (0.4, 1.0)
    )
    assert np.ptp(np.nonzero(flat)[0]) < 0.6 * np.ptp(np.nonzero(round_)[0])
    step = np.array([0.5, 0.25])
    moved = drawn(lambda shadows, renderer: shadows.of_head(renderer, MIDDLE + step, 1.0), 315)
    np.testing.assert_allclose(centre(moved) - centre(round_), step, atol=0.03)
