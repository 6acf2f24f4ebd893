"""What a network takes that the author brings: it is known once its Problem is made."""

from collections.abc import Hashable, Iterator
from pathlib import Path
from shutil import disk_usage
from tempfile import gettempdir

from animate.errors import Mistake
from animate.files import cache_folder, why_unwritable
from animate.networks.landscape import kept_of
from animate.networks.lines import POINTS
from animate.networks.problem import FlatProblem
from animate.networks.quantity import LOSS, PLANE_LOSSES, SPECTRA, OnLine, OnPlane, Quantity
from animate.networks.spectra import PROBES
from animate.networks.survey import CURVED, SPECTRAL
from animate.networks.trial import cost_of, disk_of, memory_of
from animate.scene.limits.estimate import Estimate, drawing_of
from animate.scene.network import DEFAULT_BATCH, NetworkScene
from animate.simulate.trajectories import CURVATURES, GRADIENT_NORMS


def own_estimate(scene: NetworkScene, problem: FlatProblem) -> Estimate:
    """What rendering the scene takes, from a short trial of its network."""
    measures = frozenset[Hashable]().union(*(e.panel.traits.measures for e in scene.entries))
    optimizers, kept = len(scene.optimizers), _points(scene, problem)
    planes = {each.quantity for each in measures if isinstance(each, OnPlane)}
    lines = sum(isinstance(each, OnLine) for each in measures) * optimizers * POINTS
    curves = [each for each in measures if isinstance(each, Quantity) and each != LOSS]
    share = 1.0
    if scene.surface.samples is not None and problem.examples:
        share = min(scene.surface.samples / problem.examples, 1.0)
    on_plane = scene.surface.resolution**2 * len(planes | {scene.surface.quantity})
    on_plane += kept * (PLANE_LOSSES in measures)
    batch = None if scene.batch == "full" else scene.batch or DEFAULT_BATCH
    cost = cost_of(
        problem,
        batch=batch,
        steps=optimizers * scene.steps,
        losses=share * on_plane + kept * (1 + len(curves)) + lines,
        gradients=kept * (GRADIENT_NORMS in measures),
        eigenvalues=optimizers * (CURVED + 1) * (CURVATURES in measures),
        probes=optimizers * (SPECTRAL + 1) * PROBES * (SPECTRA in measures),
        points=kept,
    )
    picture, drawing = drawing_of(scene)
    return Estimate(cost.memory, 0.0, picture, drawing + cost.seconds, 0.0)


def no_room(scene: NetworkScene, problem: FlatProblem, memory: float) -> Iterator[Mistake]:
    """The mistake of a network that does not fit into `memory` bytes, or whose paths do not fit on
    the disk, before anything is trained."""
    points = _points(scene, problem)
    picture, _ = drawing_of(scene)
    needed = Estimate(memory_of(problem, points), 0.0, picture, 0.0, 0.0).memory
    place = ("surface", "network")
    if needed > memory:
        yield Mistake(
            place,
            f"rendering needs about {needed / 1e9:.1f} GB of memory, and there are "
            f"{memory / 1e9:.1f} GB; give the Problem fewer examples, or a smaller network",
        )
    folder, paths = cache_folder(), disk_of(problem, points)
    there, named = Path(gettempdir()), "TMPDIR"
    if folder is not None and why_unwritable(folder) is None:
        there, named = folder, "ANIMATE_CACHE"
    if paths > (free := disk_usage(there).free):
        yield Mistake(
            place,
            f"{points:,} points of paths take {_size(paths)}, and {there} has {_size(free)} left; "
            f"show fewer optimizers, or choose another folder by {named}",
        )


def _size(count: float) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.2g} MB"


def _points(scene: NetworkScene, problem: FlatProblem) -> int:
    """The points of all paths that are kept."""
    return len(scene.optimizers) * (min(scene.steps, kept_of(len(problem.start))) + 1)
