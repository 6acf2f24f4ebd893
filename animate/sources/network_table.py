"""What tables of a network's paths have beside them."""

import numpy as np

from animate.networks.checkpoints import shapes_of
from animate.networks.landscape import Landscape
from animate.networks.plane_files import PlaneFacts, direction_arrays, plane_arrays
from animate.networks.planes import Plane
from animate.networks.problem import FlatProblem
from animate.surfaces.recording import BESIDE
from animate.writers.table import Beside


def table_of(result: Landscape, problem: FlatProblem) -> Beside:
    """How far the paths are off the plane, and in an .npz the plane itself, which a scene may take
    as its grid or for its directions."""
    assert result.origin is not None
    assert result.axes is not None
    assert result.plane_losses is not None
    facts = PlaneFacts(
        plane=result.plane,
        share=result.share,
        walk_share=result.walk_share,
        parameters=int(result.facts["parameters"]),
        length=result.facts["length"],
        eigenvalues=np.asarray(result.eigenvalues),
        quantity=result.shown.metric,
        on=result.shown.on,
        of="\n".join(result.of),
    )
    beside = (result.plane_losses[:, None], result.distances[:, None])
    return Beside(
        columns=dict(zip(BESIDE, beside, strict=True)),
        arrays={"x": result.x, "y": result.y, "z": result.z}
        | plane_arrays(facts)
        | direction_arrays(Plane(result.origin, result.axes), shapes_of(problem)),
    )
