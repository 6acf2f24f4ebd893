"""Animate: a few lines of YAML in, an animation of optimization out.

race = animate.read("scene.yaml")
race.trace().losses
race.render("scene.gif", "scene.mp4")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from animate.api import Scene, Widget, describe, read, render, scene, trace
    from animate.errors import UsageError
    from animate.simulate.trajectories import Trajectories

__all__ = [
    "Scene",
    "Trajectories",
    "UsageError",
    "Widget",
    "__version__",
    "describe",
    "read",
    "render",
    "scene",
    "trace",
]

__version__ = "0.1.0"

_HOMES = {
    "Scene": "animate.api",
    "Trajectories": "animate.simulate.trajectories",
    "UsageError": "animate.errors",
    "Widget": "animate.api",
    "describe": "animate.api",
    "load_ipython_extension": "animate.api.magic",
    "read": "animate.api",
    "render": "animate.api",
    "trace": "animate.api",
}


def __getattr__(name: str) -> Any:
    """The public names, imported when they are first used: `import animate` answers at once."""
    if name == "scene":  # the package stands in the place of the function, and is called as it is
        return import_module("animate.scene")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
