"""End cards as tests look at them: races that are run once, and what their cards show."""

from functools import cache

from animate.figure.end_card import CARD
from animate.pipeline import play, solve
from animate.scene.load import read_text

RACE = """
surface: beale
optimizers:
  - {name: sgd, learning_rate: 0.01}
  - {name: momentum, learning_rate: 0.005}
  - {name: rmsprop, learning_rate: 0.05}
  - {name: nesterov, learning_rate: 0.005}
  - {name: sgd, learning_rate: 10, label: Lost}
steps: 150
timing: {seconds: 0.4, hold: 1}
"""
SWARM = """
surface: himmelblau
start: {count: 60, seed: 0}
optimizers: [{name: momentum, learning_rate: 0.001}]
steps: 200
panels: [{contour: {color_by: basin}}]
timing: {seconds: 0.4, hold: 1}
"""


@cache
def solved(text):
    scene = read_text(text, "x").scene
    return scene, solve(scene)


@cache
def ready_of(text):
    scene, solution = solved(text)
    ready = play(scene, solution)
    ready.picture(ready.count - 1)
    return ready


def card_of(ready):
    artists = ready.figure.get_children()
    return [each for each in artists if each.get_gid() == CARD and each.get_visible()]


def words_on(ready):
    return [each.get_text() for each in card_of(ready) if hasattr(each, "get_text")]


def boxes(artists):
    return [each.get_window_extent() for each in artists]


def lines(ready):
    """The card's own lines and words are told apart by what they have."""
    return [each for each in card_of(ready) if not hasattr(each, "get_text")]


def marks(ready):
    return [each for each in lines(ready) if each.get_marker() not in ("None", "", None)]
