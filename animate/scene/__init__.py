"""What a scene may say: frozen models that refuse every key they do not know."""

from animate.scene.model import Scene
from animate.scene.picture import Style, Timing

__all__ = ["Scene", "Style", "Timing"]
