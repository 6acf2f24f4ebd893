"""Pictures whose race is run once, arranged at any size."""

from dataclasses import replace
from functools import cache

from animate.panels.lens import LENS
from animate.pipeline import stage
from animate.scene.load import read_text
from animate.text import Words
from animate.theme import theme
from tests.pictures import composed

FOUR = r"""
- {name: sgd, learning_rate: 1.0}
- {name: momentum, learning_rate: 0.005}
- {name: adagrad, learning_rate: 0.4, label: "$\\eta_t$ by squares"}
- {name: adam, learning_rate: 0.1}
"""


@cache
def view_of(optimizers):
    """The race is run once; only the picture's size, theme and language are exchanged."""
    still = "timing: {end: still}"  # what the card says, test_end_card looks at
    text = f"surface: beale\noptimizers:{optimizers}\nsteps: 8\n{still}"
    return stage(read_text(text, "x").scene).view


def arranged(panels, size, *, optimizers=FOUR, looks="light", language="en", title=""):
    scene = read_text(f"surface: beale\noptimizers: [sgd]\npanels: {panels}", "x").scene
    view = replace(view_of(optimizers), pixels=size, theme=theme(looks), words=Words(language))
    ready = composed(scene.panels, view, title=title)
    ready.picture(view.timeline.frames - 1)
    return ready


def panels_of(ready):
    """The axes of the panels; the strip of colours has its own, switched off, and a
    lens its place on a map."""
    return [axes for axes in ready.figure.axes if axes.axison and axes.get_gid() != LENS]


def beside_name(axes, box):
    """Whether that box is below the axes, at the right of their name and of every number there."""
    name = axes.xaxis.label.get_window_extent()
    return bool(axes.get_xlabel()) and box.x0 >= name.x1 and box.y1 < name.y1 + 3
