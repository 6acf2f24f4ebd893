"""Signals as scenes."""

from animate.scene import Scene
from animate.scene.load import read_text


def scene_of(text: str) -> Scene:
    """The scene of a text."""
    return read_text(text, "x.yaml").scene
