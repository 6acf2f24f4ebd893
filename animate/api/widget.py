"""`animate.Widget`: a scene with sliders, whose paths follow them."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from animate.errors import UsageError

if TYPE_CHECKING:
    from animate.api.functions import Given
    from animate.api.held import Scene
    from animate.api.sliders import Ends

_LIBRARY = ("anywidget", "ipywidgets", "traitlets")


class Widget:
    """A scene in a notebook with a slider for each of `sliders`, which redraws the paths.

    `scene` is one in any form: held, a path, a text, a mapping. The keys of `sliders` are those of
    `--set`, such as "steps" or "optimizers.adam.learning_rate", their values the two ends. A slider
    begins at the scene's own number, and is logarithmic where its ends are that far apart. `values`
    are the numbers that it has, which may be set too; `scene` is the scene with them.

    Raises UsageError where there is no anywidget, where a slider changes nothing of the scene, and
    where the scene shows no paths on a surface; SceneError as `read`.

    >>> import animate
    >>> descent = {"name": "sgd", "learning_rate": 0.01}
    >>> race = animate.scene(surface="beale", optimizers=[descent], steps=20)
    >>> widget = animate.Widget(race, sliders={"optimizers.sgd.learning_rate": (1e-3, 1)})
    >>> widget.values = {"optimizers.sgd.learning_rate": 0.02}
    >>> widget.scene.model.optimizers[0].learning_rate
    0.02
    """

    values: Any
    """What the sliders say, by their keys."""

    def __new__(cls, scene: "Given", *, sliders: "Mapping[str, Ends]") -> "Widget":
        kind = _shown_by_anywidget() if cls is Widget else None
        if kind is None:
            return super().__new__(cls)
        return kind.__new__(kind, scene, sliders=sliders)

    @property
    def scene(self) -> "Scene":
        """The scene with the last numbers that it could be drawn with."""
        raise NotImplementedError


def _shown_by_anywidget() -> type[Widget]:
    """What shows it. Raises UsageError."""
    try:
        return import_module("animate.api.any_widget").Sliders
    except ModuleNotFoundError as error:
        if error.name not in _LIBRARY:
            raise
    raise UsageError("a widget takes anywidget: pip install 'animate-optimization[notebook]'")
