"""The program for programs: what `import animate` offers. Nothing here changes a global setting."""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from animate import pipeline
from animate.scene import Scene
from animate.scene.context import Trust
from animate.scene.load import Origin, Script
from animate.scene.load import read as read_script
from animate.scene.yaml import parse
from animate.simulate.trajectories import Trajectories
from animate.writers import Written

Place = str | PathLike[str]


def read(
    path: Place,
    *,
    settings: Sequence[str] = (),
    allow_code: bool = False,
    allow_outside: bool = False,
) -> Script:
    """The scene in a YAML file; its `scene` is the model, its `text` what a file will carry.

    `settings` are changes such as "timing.fps=30". `allow_code` lets the scene run Python of its
    own, `allow_outside` name files outside of its folder. Raises SceneError with every mistake, a
    line each, and UsageError where there is no such file or setting; both are ValueErrors.
    """
    return read_script(Path(path), settings, trust=Trust(allow_code, allow_outside))


def trace(scene: Script | Scene | Place) -> Trajectories:
    """The paths of the scene's optimizers, in float64.

    Raises SceneError where there is no race, as when a start has no loss.
    """
    script = _script(scene)
    with script.placing():
        return pipeline.trace(script.scene)


def describe(scene: Script | Scene | Place) -> str:
    """What happens in the scene, in two or three sentences that serve as alt text.

    Raises as `trace` does.
    """
    script = _script(scene)
    with script.placing():
        return pipeline.describe(script.scene)


def render(
    scene: Script | Scene | Place, *targets: Place, source: bool = True
) -> tuple[Written, ...]:
    """Write the scene to every target, whose endings pick the formats; whole or not at all.

    The files carry the scene's text unless `source` is false; a Scene made in Python has none.
    Raises SceneError and UsageError before anything is written, AnimateError if writing fails.
    """
    script = _script(scene)
    written = pipeline.render(
        script,
        [Path(target) for target in targets],
        progress=lambda frames, _: frames,
        settings={},
        source=source and bool(script.text),
    )
    return tuple(written)


def _script(scene: Script | Scene | Place) -> Script:
    if isinstance(scene, Script):
        return scene
    if isinstance(scene, Scene):
        origin = Origin("scene", parse("{}"), {}, {}, lambda: _script(scene))
        return Script(scene, "", "scene", origin)
    return read(scene)
