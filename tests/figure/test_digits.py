"""The counter's number, laid down from images of its characters, is the number as text."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from animate.figure.digits import Digits
from animate.figure.settings import composing
from animate.figure.view import DPI
from tests.figure.arranged import FOUR, view_of

SIZE = 240, 60


def _text(words, size, right):
    figure = Figure((SIZE[0] / DPI, SIZE[1] / DPI), DPI)
    return figure.text(right, 0.4, words, fontsize=size, horizontalalignment="right")


def _alpha(artist, view):
    renderer = RendererAgg(*SIZE, DPI)
    with composing(view):
        artist.draw(renderer)
    return np.asarray(renderer.buffer_rgba())[..., 3].astype(int)


@pytest.mark.parametrize("size", [9.0, 11.3, 14.0, 33.0])
@pytest.mark.parametrize("right", [0.9, 0.90123])
def test_the_pixels_are_those_of_the_text(size, right):
    view, counter = view_of(FOUR), Digits(_text("", size, right))
    for number in ("0", "7", "11", "203", "1,048", "12 345", "−6"):
        counter.show(number)
        written = _alpha(_text(number, size, right), view)
        assert written.any()
        np.testing.assert_allclose(_alpha(counter, view), written, atol=1)


def test_a_file_of_vectors_has_it_as_text():
    counter = Digits(_text("", 12.0, 0.9))
    counter.show("57")
    assert [each.get_text() for each in counter.findobj(Text)] == ["57"]
