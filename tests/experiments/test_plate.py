"""A window into nested pictures, against a loop over its pixels."""

import numpy as np

from animate.networks.experiments.trainability.plate import resampled, window_at

WINDOWS = np.array([[[0.0, 4.0], [0.0, 2.0]], [[1.0, 3.0], [0.5, 1.5]], [[1.5, 2.5], [0.6, 1.1]]])


def test_every_pixel_is_the_nearest_of_the_finest_level_that_holds_it():
    images = np.random.default_rng(0).integers(0, 255, (3, 5, 5, 4), np.uint8)
    window = window_at(WINDOWS, 0.7)
    (left, right), (low, high) = window
    picture = resampled(images, WINDOWS, window, (11, 14))
    for row, column in np.ndindex(11, 14):
        x = left + (right - left) * (column + 0.5) / 14
        y = low + (high - low) * (row + 0.5) / 11
        level = max(k for k, ((a, b), (c, d)) in enumerate(WINDOWS) if a <= x <= b and c <= y <= d)
        (a, b), (c, d) = WINDOWS[level]
        there = round(4 * (y - c) / (d - c)), round(4 * (x - a) / (b - a))
        assert (picture[row, column] == images[level][there]).all()


def test_the_window_shows_a_whole_level_at_a_whole_step():
    for level in range(3):
        np.testing.assert_allclose(window_at(WINDOWS, level), WINDOWS[level])
