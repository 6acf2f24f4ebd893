"""Films: from a scene with a sweep to panels that show one value of it after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from animate.figure import Grid, Panel, Split, View
from animate.figure.film import Film
from animate.figure.panel import Key
from animate.figure.split import fresh, unsplit
from animate.scene import RaceScene
from animate.scene.sweep import Sweep
from animate.sources.multiples import one_value

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(kw_only=True)
class Filmed(Panel):
    """`panel` as it sees the `whole` race, of which one value is seen at a time."""

    panel: Panel
    whole: View
    title: str

    def dress(self, axes: "Axes", view: View) -> None:
        self.panel.dress(axes, self.whole)
        if self.panel.one_optimizer:
            size = view.type("legend")
            looks = {"fontsize": size, "color": view.theme.ink, "pad": 0.4 * size}
            axes.set_title(self.title, loc="left", **looks)

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:  # noqa: ARG002  # it has its own
        return self.panel.draw(axes, self.whole)

    def update(self, step: float) -> None:
        self.panel.update(step)

    def key(self, view: View) -> Key | None:  # noqa: ARG002  # it has its own
        return self.panel.key(self.whole)


def film(scene: RaceScene, sweep: Sweep, whole: View) -> tuple[Grid[Panel | Split], View]:
    """The panels, and the view for their legend."""
    groups = sweep.groups(len(whole.names))
    words = whole.words
    padded = not all(float(value).is_integer() for value in sweep.values)
    shown = Film(
        option=words("learning rate") if sweep.option == "learning_rate" else sweep.option,
        texts=tuple(words.number(value, 3, padded=padded) for value in sweep.values),
        groups=groups,
        steps=scene.steps,
    )
    dashes = [whole.theme.dash(sweep.before(k)) for k in range(len(whole.names))]
    whole = replace(whole, film=shown, theme=replace(whole.theme, dashes=tuple(dashes)))
    panels = scene.panels.map(fresh).map(
        lambda part: Filmed(panel=unsplit(part), whole=whole, title=sweep.optimizer)
    )
    spoken = one_value(whole, sweep, groups[0])
    if all(panel.panel.one_optimizer for panel in panels.cells()):
        spoken = replace(spoken, names=(), notes=())
    return panels, spoken
