"""The functions of `import animate`: scenes in, and what a held scene can do out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import cast

from animate.api.held import Scene
from animate.api.keywords import in_keywords
from animate.api.targets import Target
from animate.errors import UsageError
from animate.scene import Scene as Model
from animate.scene.base import SceneBase
from animate.scene.carried import read_or_carried
from animate.scene.context import Trust
from animate.scene.load import Origin, Script, read_text
from animate.scene.made import made
from animate.scene.yaml import parse
from animate.simulate.trajectories import Trajectories
from animate.writers import Written

Readable = str | bytes | PathLike[str] | Mapping[str, object]
"""A file's path, a scene's text, or what a text says."""
Given = Scene | Script | Model | Readable

_TEXT = re.compile(r"\n|:\s|:$|^\s*({|$)")
"""What a scene's text has, and the path of a file has not."""


def read(
    source: Readable,
    *,
    settings: Sequence[str] = (),
    allow_code: bool = False,
    allow_outside: bool = False,
) -> Scene:
    """The scene in a YAML file, in a file that was made of it, in a text, or in a mapping that says
    what a text would.

    `source` is a text where it has a line break, a colon before a space, or a brace first; a Path
    is always one. `settings` are changes such as "timing.fps=30". `allow_code`
    lets the scene run Python of its own, `allow_outside` name files outside of its folder, which
    for texts and mappings is the working directory. Raises SceneError with every mistake, a line
    each, and UsageError where there is no such file or setting; both are ValueErrors.

    >>> import animate
    >>> race = animate.read("surface: beale\\noptimizers: [adam]", settings=["steps=30"])
    >>> race.model.steps
    30
    >>> animate.read({"surface": "beal", "optimizers": ["adam"]})
    Traceback (most recent call last):
    animate.errors.SceneError: surface: there is no surface named 'beal'. Did you mean 'beale'?
    """
    trust = Trust(allow_code, allow_outside)
    settings = _texts(settings)
    with in_keywords():
        match source:
            case bytes():
                return Scene(read_text(source, "scene", settings, trust=trust))
            case str() if _TEXT.search(source):
                return Scene(read_text(source, "scene", settings, trust=trust))
            case str() | PathLike():
                return Scene(read_or_carried(Path(source), settings, trust=trust))
            case Mapping():
                return Scene(made(source, trust, settings))
            case _:
                kind = type(source).__name__
                raise UsageError(f"a scene is a path, a text or a mapping, got {kind}")


def _texts(settings: object) -> tuple[str, ...]:
    """The settings, if they are texts. Raises UsageError."""
    many = isinstance(settings, Iterable) and not isinstance(settings, str | bytes | Mapping)
    each = tuple(cast("Iterable[object]", settings)) if many else (None,)
    if not all(isinstance(one, str) for one in each):
        raise UsageError('settings: must be a list of texts such as "steps=30"')
    return cast("tuple[str, ...]", each)


def scene(*, allow_code: bool = False, allow_outside: bool = False, **parts: object) -> Scene:
    """The scene that the keywords say: they are the keys of a file, their values what stands there.

    Arrays and numbers of NumPy are taken as lists and numbers. `surface` may also be a function of
    x and y that JAX can trace, as {"python": function, "window": [[-2, 2], [-1, 3]]}, or an array
    z[ny, nx] over a window, as {"grid": z, "window": …}, z[0, 0] at the least x and y. All else,
    and what is raised, is as for `read`; the place of a mistake is its keyword.

    >>> import animate
    >>> def bowl(x, y):
    ...     return x**2 + 10 * y**2
    >>> descent = {"name": "sgd", "learning_rate": 0.05}
    >>> surface = {"python": bowl, "window": [[-2, 2], [-1, 1]]}
    >>> race = animate.scene(surface=surface, optimizers=[descent], start=[1.5, 0.5], steps=2)
    >>> race.trace().positions[0, 0, -1].round(6).tolist()
    [1.215, 0.0]
    >>> animate.scene(surface="beale", optimizers=[descent], steps=-1)
    Traceback (most recent call last):
    animate.errors.SceneError: steps: must be at least 1, got -1
    """
    with in_keywords():
        return Scene(made(parts, Trust(allow_code, allow_outside)))


def trace(scene: Given) -> Trajectories:
    """The paths of the scene's optimizers: see `Scene.trace`.

    >>> import animate
    >>> animate.trace({"surface": "beale", "optimizers": ["adam"], "steps": 20}).losses.shape
    (1, 1, 21)
    """
    return held(scene).trace()


def describe(scene: Given) -> str:
    """What happens in the scene: see `Scene.describe`.

    >>> import animate
    >>> told = animate.describe({"surface": "beale", "optimizers": ["adam"], "steps": 20})
    >>> "Adam" in told
    True
    """
    return held(scene).describe()


def render(
    scene: Given, *targets: Target, format: str | None = None, source: bool = True
) -> tuple[Written, ...]:
    """Write the scene to every target: see `Scene.render`.

    >>> import animate
    >>> from io import BytesIO
    >>> short = {"seconds": 0.1, "hold": 0}
    >>> race = {"surface": "beale", "optimizers": ["adam"], "steps": 5, "timing": short}
    >>> (written,) = animate.render(race, BytesIO(), format="gif")
    >>> written.path.name
    'scene.gif'
    """
    return held(scene).render(*targets, format=format, source=source)


def held(scene: Given) -> Scene:
    """The scene, in whatever form it is given. Raises as `read`."""
    if isinstance(scene, Scene):
        return scene
    if isinstance(scene, Script):
        return Scene(scene)
    if isinstance(scene, SceneBase):
        origin = Origin("scene", parse("{}"), {}, {}, lambda *_: held(scene).script)
        return Scene(Script(scene, "", "scene", origin))
    return read(scene)
