"""What a scene may say: frozen models that refuse every key they do not know."""

from animate.scene.exhibition import Exhibition, Recording
from animate.scene.model import Scene
from animate.scene.picture import Style, Timing

__all__ = ["Exhibition", "Recording", "Scene", "Style", "Timing"]

MODELS = {"experiment": Exhibition, "paths": Recording}
"""Scenes without a race, by the key that tells them from one."""
