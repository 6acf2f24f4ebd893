"""The contour with manim, its background handed over as a picture.

`manim render -r 640,480 --fps 20 --format gif --disable_caching manim_contour.py Simulation`
"""

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UL,
    Dot,
    ImageMobject,
    Scene,
    Text,
    TracedPath,
    ValueTracker,
    VGroup,
    linear,
)
from matplotlib import colormaps
from problem import COLORS, FPS, FRAMES, HIGH, LOW, levels, paths, surface

_HEIGHT = 7.2  # of the picture, in manim's units
_SCALE = _HEIGHT / (HIGH - LOW)


def background() -> np.ndarray:
    """The filled contour, [480, 480, 4] uint8."""
    _, _, z = surface(480)
    heights = levels(z)
    return (colormaps["viridis"](np.digitize(z[::-1], heights) / len(heights)) * 255).astype("u1")


def followed(place, tracker):
    """A dot's updater: where the optimizer is at the tracker's frame."""
    return lambda dot: dot.move_to([*place[int(tracker.get_value())] * _SCALE, 0])


class Simulation(Scene):
    """Five dots and the paths that they leave."""

    def construct(self):
        """Put everything on the stage and let the clock run."""
        self.add(ImageMobject(background()).set(height=_HEIGHT))
        tracker = ValueTracker(0)
        for name, place in paths().items():
            dot = Dot([*place[0] * _SCALE, 0], color=COLORS[name])
            dot.add_updater(followed(place, tracker))
            trail = TracedPath(dot.get_center, stroke_color=COLORS[name], stroke_width=4)
            self.add(trail, dot)
        keys = [
            VGroup(Dot(color=color), Text(name, font_size=22)).arrange(RIGHT)
            for name, color in COLORS.items()
        ]
        self.add(VGroup(*keys).arrange(DOWN, aligned_edge=LEFT).to_corner(UL))
        moved = tracker.animate.set_value(FRAMES - 1)
        self.play(moved, run_time=FRAMES / FPS, rate_func=linear)
