"""What a scene may say: frozen models that refuse every key they do not know.

`animate.scene(…)` makes a scene of keywords: see `animate.api.scene`.
"""

from animate._lazy import callable_as_function
from animate.scene.between import BetweenScene
from animate.scene.checkpoints import CheckpointScene
from animate.scene.experiment import ExperimentScene
from animate.scene.network import NetworkScene
from animate.scene.picture import Style, Timing
from animate.scene.race import RaceScene
from animate.scene.recorded import RecordedScene
from animate.scene.signal import SignalScene

__all__ = [
    "BetweenScene",
    "CheckpointScene",
    "ExperimentScene",
    "NetworkScene",
    "RaceScene",
    "RecordedScene",
    "Scene",
    "SignalScene",
    "Style",
    "Timing",
]

Scene = (
    RaceScene
    | NetworkScene
    | CheckpointScene
    | BetweenScene
    | ExperimentScene
    | RecordedScene
    | SignalScene
)
"""A scene of any kind; `animate.scene.load` tells the kind from the data."""

callable_as_function(__name__)
