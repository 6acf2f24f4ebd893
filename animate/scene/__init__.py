"""What a scene may say: frozen models that refuse every key they do not know."""

from animate.scene.experiment import ExperimentScene, RecordedScene
from animate.scene.picture import Style, Timing
from animate.scene.race import Scene

__all__ = ["ExperimentScene", "RecordedScene", "Scene", "Style", "Timing"]

MODELS = {"experiment": ExperimentScene, "paths": RecordedScene}
"""Scenes without a race, by the key that tells them from one."""
