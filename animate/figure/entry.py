"""PanelEntry: a panel as a scene asks for it."""

from dataclasses import dataclass

from animate.errors import Path
from animate.figure.panel import Panel


@dataclass(frozen=True)
class PanelEntry:
    """A panel as the scene asks for it: `split` once for every optimizer; `place` says where it
    stands in the scene, `name` what it is called there."""

    name: str
    panel: Panel
    split: bool = False
    place: Path = ("panels",)
