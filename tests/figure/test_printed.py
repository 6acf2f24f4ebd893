"""Text whose letters are drawn once, against matplotlib's own."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from animate.figure.text.printed import Printed

LOOKS = {"fontsize": 14, "color": "#102030", "alpha": 0.6}
LOOKS["bbox"] = {"facecolor": "#ffeecc", "edgecolor": "none", "pad": 1.5}


def drawn(kind, *wordings, **looks):
    """The picture [60, 160, 4] of a text after it was drawn with each of `wordings` in turn."""
    figure = Figure((160 / 72, 60 / 72), 72, facecolor="#88aacc")
    figure.add_artist(text := kind(0.1, 0.3, "", **LOOKS | looks))
    renderer = FigureCanvasAgg(figure).get_renderer()
    for wording in wordings:
        renderer.clear()
        text.set_text(wording)
        figure.draw(renderer)
    return np.asarray(renderer.buffer_rgba()).astype(int)


@pytest.mark.parametrize("wordings", [("first",), ("first", "second"), ("on\ntwo lines",) * 2])
@pytest.mark.parametrize("alpha", [None, 0.4, 1.0])
def test_the_picture_is_matplotlibs(wordings, alpha):
    looks = {"alpha": alpha, "bbox": None}
    found, expected = drawn(Printed, *wordings, **looks), drawn(Text, *wordings, **looks)
    assert np.abs(found - expected).max() <= 4
    assert (found != found[0, 0]).any()


def test_a_box_behind_the_letters_is_printed_with_them():
    looks = {"alpha": None}
    found, expected = drawn(Printed, "boxed", **looks), drawn(Text, "boxed", **looks)
    assert np.abs(found - expected).max() <= 4


def test_no_words_leave_no_ink():
    blank = drawn(Text, "", bbox=None)
    np.testing.assert_array_equal(drawn(Printed, "", bbox=None), blank)
    np.testing.assert_array_equal(drawn(Printed, "gone", "", bbox=None), blank)


def test_letters_are_drawn_once_for_a_wording(monkeypatch):
    calls = []
    draw = RendererAgg.draw_text
    monkeypatch.setattr(
        RendererAgg, "draw_text", lambda *given, **more: calls.append(draw(*given, **more))
    )
    drawn(Printed, "same", "same", "same", bbox=None)
    assert len(calls) == 1
    drawn(Printed, "one", "another", bbox=None)
    assert len(calls) == 3
