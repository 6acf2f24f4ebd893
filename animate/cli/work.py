"""One scene to render: what of it, how, and doing it."""

from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from animate.cli.address import Address
from animate.cli.handler import Failure, explained
from animate.cli.progress import Progress, Stages
from animate.errors import NoRoom
from animate.scene.context import NO_TRUST, Trust
from animate.scene.load import Script
from animate.watch import Effort, Help, unwatched

if TYPE_CHECKING:
    from animate.writers import Written

DRAFT_FPS = 12


@dataclass(frozen=True)
class RenderOptions:
    """How scenes are rendered: what the command line says beside the scenes and files."""

    settings: tuple[str, ...]
    draft: bool
    force: bool
    source: bool
    quiet: bool
    debug: bool
    jobs: int = 1
    trust: Trust = NO_TRUST
    fresh: bool = False
    cluster: Address | None = None
    keep_going: bool = False

    @property
    def facts(self) -> dict[str, bool]:
        """What the picture depends on beside the scene's text."""
        return {"draft": True} if self.draft else {}


@dataclass(frozen=True)
class Work:
    """A scene, the files to make of it, and how."""

    script: Script
    targets: tuple[Path, ...]
    options: RenderOptions


def attempt(work: Work, executor: Executor | None = None) -> "list[Written] | Failure":
    """Render one scene to its targets; the `executor` computes points of a network's plane."""
    from animate.pipeline import render

    options, each = work.options, work.script
    bar = options.jobs == 1
    progress = Progress(each.name, quiet=options.quiet, bar=bar)
    watch = unwatched if options.quiet else Stages(each.name, bar=bar)
    drawn = _drafted(each) if options.draft else each
    helped = None if executor is None else Help(executor, each.origin.again)
    try:
        return render(
            drawn,
            work.targets,
            progress=progress,
            settings=options.facts,
            source=options.source,
            effort=Effort(options.fresh, watch, helped),
        )
    except Exception as error:
        failure = explained(error)
        if failure is None or options.debug:
            raise
        if options.draft and isinstance(error.__cause__, NoRoom):
            width, height = each.scene.style.size
            halved = f"{failure.sentence} (--draft has halved its {width} × {height})"
            return replace(failure, sentence=halved)
        return failure


def _drafted(each: Script) -> Script:
    """The scene at half its size and at most 12 frames a second."""
    scene = each.scene
    width, height = scene.style.size
    style = scene.style.model_copy(update={"size": (width // 2, height // 2)})
    timing = scene.timing.model_copy(update={"fps": min(scene.timing.fps, DRAFT_FPS)})
    return replace(each, scene=scene.model_copy(update={"style": style, "timing": timing}))
