"""Animate: a few lines of YAML in, an animation of optimization out.

script = animate.read("scene.yaml")
animate.trace(script).losses
animate.render(script, "scene.gif", "scene.mp4")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from animate.api import describe, read, render, trace
    from animate.errors import UsageError
    from animate.scene import Scene
    from animate.simulate.trajectories import Trajectories

__all__ = [
    "Scene",
    "Trajectories",
    "UsageError",
    "__version__",
    "describe",
    "read",
    "render",
    "trace",
]

__version__ = "0.1.0"

_HOMES = {
    "read": "animate.api",
    "trace": "animate.api",
    "render": "animate.api",
    "describe": "animate.api",
    "Scene": "animate.scene",
    "Trajectories": "animate.simulate.trajectories",
    "UsageError": "animate.errors",
}


def __getattr__(name: str) -> Any:
    """The public names, imported when they are first used: `import animate` answers at once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
