"""An experiment, run or read from disk, as it is shown."""

from animate.errors import Mistake, UnfitScene, UsageError
from animate.networks.experiments.presentation import Presentation
from animate.networks.experiments.table import present
from animate.scene import ExperimentScene
from animate.scene.panels import read_panels
from animate.sources.kept import remark_cache
from animate.sources.request import Request
from animate.sources.solution import Solution
from animate.text import Words


def solve(scene: ExperimentScene, request: Request) -> Solution:
    """What the experiment found. Raises UnfitScene where it has no result."""
    remark_cache()
    shown = _presented(scene, fresh=request.effort.fresh)
    return Solution(
        title=shown.title if scene.title is None else scene.title,
        terrain=shown.terrain,
        trajectories=shown.trajectories,
        panels=scene.panels or read_panels([list(row) for row in shown.panels]),
        names=shown.names,
        axes=shown.axes,
        counted=shown.clock,
        result=shown.result,
        finding=shown.finding,
    )


def _presented(scene: ExperimentScene, *, fresh: bool) -> Presentation:
    """The experiment's presentation.

    With options of the scene's own it may have no result: what diverges may fail in any way of
    numerical code.
    """
    part = scene.experiment
    try:
        return present(part.name, part.options(), Words(scene.style.language), fresh=fresh)
    except UsageError as error:
        raise UnfitScene([Mistake(("experiment",), str(error))]) from error
    except (ArithmeticError, ValueError, IndexError) as error:
        own = sorted(part.model_fields_set - {"name"})
        if not own:
            raise
        why = (
            f"the experiment has no result with this {', '.join(own)} ({error}); stay nearer to "
            "its own"
        )
        raise UnfitScene([Mistake(("experiment",), why)]) from error
