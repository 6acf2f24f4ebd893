"""A scene that is held: its model, its text, and all that can be made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import overload

from animate import pipeline
from animate.api.keywords import in_keywords
from animate.api.picture import Bundle, Picture
from animate.api.progress import kernel, progress, shell
from animate.api.stills import moments_of, second_of, still_of
from animate.api.summary import summary
from animate.api.targets import Target, places
from animate.api.video import shown
from animate.scene import Scene as Model
from animate.scene.load import Script
from animate.simulate.trajectories import Trajectories
from animate.watch import Effort
from animate.writers import Written


@dataclass(frozen=True, eq=False, repr=False)
class Scene:
    """A scene, checked, as `animate.read` and `animate.scene` give it; nothing of it changes.

    `script` is what was read. A notebook shows a scene as its animation.

    >>> import animate
    >>> race = animate.scene(surface="beale", optimizers=["adam"], steps=20)
    >>> race
    <animate.Scene: surface beale, optimizers adam
     panels: contour
     6 s at 25 frames a second, 640 × 480 pixels>
    """

    script: Script

    @property
    def model(self) -> Model:
        """What the scene says, as a frozen model.

        >>> import animate
        >>> animate.scene(surface="beale", optimizers=["adam"], steps=20).model.steps
        20
        """
        return self.script.scene

    def to_yaml(self) -> str:
        """The text of the scene, which the files made of it carry inside.

        A surface that is a function or an array of Python is not in it: a remark on top says so.

        >>> import animate
        >>> print(animate.scene(surface="beale", optimizers=["adam"]).to_yaml(), end="")
        surface: beale
        optimizers: [adam]
        """
        return self.script.text

    def trace(self) -> Trajectories:
        """The paths of the scene's optimizers, in float64.

        `positions` is [optimizer, run, step, axis], `losses` [optimizer, run, step]; a run is that
        of one start. Raises SceneError where there is no race, as when a start has no loss.

        >>> import animate
        >>> descent = {"name": "sgd", "learning_rate": 0.1}
        >>> bowl = {"formula": "x**2 + y**2", "window": [[-2, 2], [-2, 2]]}
        >>> paths = animate.scene(surface=bowl, optimizers=[descent], start=[1, 0], steps=2).trace()
        >>> paths.positions[0, 0, :, 0].round(6).tolist()
        [1.0, 0.8, 0.64]
        """
        with progress(self.script.name) as told, self.script.placing():
            return pipeline.trace(self.model, Effort(watch=told))

    def describe(self) -> str:
        """What happens in the scene, in two or three sentences that serve as alt text.

        Raises as `trace` does.

        >>> import animate
        >>> descent = {"name": "sgd", "learning_rate": 0.1}
        >>> race = animate.scene(surface="parabola", optimizers=[descent], steps=40)
        >>> race.describe()
        'Parabola: SGD ... 40 steps. ...'
        """
        with progress(self.script.name) as told, self.script.placing():
            return pipeline.describe(self.model, Effort(watch=told))

    def render(
        self, *targets: Target, format: str | None = None, source: bool = True
    ) -> tuple[Written, ...]:
        """Write the scene to every target: whole or not at all.

        The ending of a path picks the format, `format` that of a binary stream, such as "gif"; the
        path of what was written to a stream is only a name. The files carry the scene's text unless
        `source` is false. Raises SceneError and UsageError before anything is written, AnimateError
        if writing fails.

        >>> import animate
        >>> from io import BytesIO
        >>> race = animate.scene(
        ...     surface="beale", optimizers=["adam"], steps=5, timing={"seconds": 0.1, "hold": 0}
        ... )
        >>> stream = BytesIO()
        >>> (written,) = race.render(stream, format="gif")
        >>> written.size == len(stream.getvalue()), stream.getvalue()[:6]
        (True, b'GIF89a')
        """
        with in_keywords(), places(targets, format) as there:
            with progress(self.script.name) as told:
                written = pipeline.render(
                    self.script,
                    there.paths,
                    progress=told.frames,
                    settings={},
                    source=source and bool(self.script.text),
                    effort=Effort(watch=told),
                )
            return there.deliver(written)

    @overload
    def still(self, target: None = None, *, at: float | None = None) -> Picture: ...
    @overload
    def still(
        self,
        target: Target,
        *,
        at: float | None = None,
        format: str | None = None,
        source: bool = True,
    ) -> Written: ...
    def still(
        self,
        target: Target | None = None,
        *,
        at: float | None = None,
        format: str | None = None,
        source: bool = True,
    ) -> Picture | Written:
        """The frame that is shown `at` so many seconds, or the last one.

        Without a target it is a picture that a notebook shows; with one it is written there as
        .png, .svg or .pdf. `format`, `source` and what is raised are as for `render`.

        >>> import animate
        >>> race = animate.scene(surface="beale", optimizers=["adam"], steps=5)
        >>> race.still(at=2)
        <Picture of 640 × 480 pixels>
        """

        second = None if at is None else second_of(at)
        make = partial(pipeline.still, self.script, seconds=second)
        return still_of(self.script.name, make, target, format, source)

    @overload
    def strip(
        self, target: None = None, *, count: int | None = None, at: Sequence[float] = ()
    ) -> Picture: ...
    @overload
    def strip(
        self,
        target: Target,
        *,
        count: int | None = None,
        at: Sequence[float] = (),
        format: str | None = None,
        source: bool = True,
    ) -> Written: ...
    def strip(
        self,
        target: Target | None = None,
        *,
        count: int | None = None,
        at: Sequence[float] = (),
        format: str | None = None,
        source: bool = True,
    ) -> Picture | Written:
        """Several moments side by side: `count` of them, evenly, or those `at` so many seconds.

        All else is as for `still`.

        >>> import animate
        >>> race = animate.scene(surface="beale", optimizers=["adam"], steps=5)
        >>> race.strip(count=3)
        <Picture of ... pixels>
        """
        make = partial(pipeline.still_strip, self.script, moments=moments_of(count, at))
        return still_of(self.script.name, make, target, format, source)

    def __repr__(self) -> str:
        return summary(self.script)

    def _repr_mimebundle_(self, **_: object) -> Bundle | None:
        """What a notebook shows; a terminal shows the three lines."""
        if shell() is not None and kernel() is None:
            return None
        return shown(self.script)
