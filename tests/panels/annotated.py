"""Scenes whose runs have words on the map, and the words that a picture has."""

import re
from functools import cache

from animate.figure.sprite import Sprite
from animate.pipeline import stage
from animate.scene.load import read_text

RAVINE = """
surface: ravine
optimizers:
- {{name: sgd, learning_rate: 0.015}}
- {{name: momentum, learning_rate: 0.003}}
- {{name: nesterov, learning_rate: 0.003}}
- {{name: adagrad, learning_rate: 0.3}}
steps: 150
{more}
timing: {{seconds: 2, hold: 0.5}}
style: {{size: [{size}], language: {language}, annotate: {annotate}}}
"""
BOWL = """
surface: {formula: "x**2 + 20*y**2", window: [[-2.5, 2.5], [-1.5, 1.5]]}
start: [-2, 1]
optimizers:
- {name: momentum, learning_rate: 0.02, label: far}
- {name: sgd, learning_rate: 1e6, label: wild}
steps: 120
timing: {seconds: 1, hold: 0.5}
"""


def ravine(size="640, 480", language="en", annotate="auto", more=""):
    text = RAVINE.format(size=size, language=language, annotate=annotate, more=more)
    return read_text(text, "x").scene


@cache
def staged(**changed):
    return stage(ravine(**changed))


def said(player):
    """The words of every annotation, and whether it is seen."""
    return {
        part.get_text(): sprite.get_visible()
        for sprite in player.figure.findobj(Sprite)
        for part in sprite.get_children()
        if hasattr(part, "get_text")
    }


def step_of(text):
    return int(re.search(r"(\d+)\)", text)[1])
