"""The scenes that are looked at, what is known of each, and who hears of changes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from threading import Condition, RLock
from typing import Any

from animate.files import SCENE_ENDINGS
from animate.scene.context import NO_TRUST, Trust
from animate.workshop.tasks import (
    Answer,
    Asking,
    Drawing,
    Inputs,
    Picture,
    Saving,
    Slip,
    Stage,
    Task,
    Told,
    Wrong,
)
from animate.workshop.worker import Worker

_MOST_SCENES = 500


@dataclass(frozen=True)
class Sheet:
    """What is known of a scene: its last good picture, with the `tag` of its bytes, and what is
    wrong with its text now, if anything is. `look` are settings that the page has chosen."""

    picture: bytes | None = None
    tag: str = ""
    quality: str = ""
    remarks: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    stage: Stage | None = None
    drawing: bool = False
    look: tuple[str, ...] = ()
    inputs: tuple[Path, ...] = ()


@dataclass
class Waited:
    """The end of a task that somebody waits for."""

    value: object = None
    slips: tuple[Slip, ...] = ()
    over: bool = False


@dataclass
class Workshop:
    """`named` are scenes, or one folder of them, whose scenes are then all in the list."""

    named: Sequence[Path]
    settings: tuple[str, ...] = ()
    trust: Trust = NO_TRUST
    _sheets: dict[str, Sheet] = field(default_factory=dict[str, Sheet], init=False)
    _hearers: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]], init=False)
    _asked: dict[str, Drawing] = field(default_factory=dict[str, Drawing], init=False)
    _waited: dict[int, Waited] = field(default_factory=dict[int, Waited], init=False)

    def __post_init__(self) -> None:
        self._lock = RLock()
        self._told = Condition(self._lock)
        self._worker = Worker(self._hear)

    def close(self) -> None:
        """End the process that draws."""
        self._worker.close()

    # Scenes.

    def scenes(self) -> Mapping[str, Path]:
        """The scenes by what the list calls them."""
        if len(self.named) == 1 and self.named[0].is_dir():
            folder = self.named[0]
            scenes = (each for each in folder.iterdir() if each.suffix.lower() in SCENE_ENDINGS)
            return {each.name: each for each in sorted(scenes)[:_MOST_SCENES]}
        return named_apart(self.named)

    def folders(self) -> Collection[Path]:
        """Where saves are watched for: the folders of the scenes and of all that they name."""
        with self._lock:
            inputs = [each for sheet in self._sheets.values() for each in sheet.inputs]
        own = [each if each.is_dir() else each.parent for each in self.named]
        return {each.resolve() for each in [*own, *(each.parent for each in inputs)]}

    def sheet(self, name: str) -> Sheet:
        """What is known of a scene; it is drawn if it never was."""
        with self._lock:
            if name not in self._sheets:
                self._sheets[name] = Sheet()
                self.draw(name)
            return self._sheets[name]

    def draw(self, name: str) -> None:
        """Draw a scene anew."""
        with self._lock:
            task = self._asked[name] = self._drawing(name)
            self._change(name, drawing=True)
            self._worker.do(task)

    def saved(self, paths: Collection[Path]) -> None:
        """Draw anew those of the scenes looked at that any of the saved files is a part of.

        Where something is wrong with a scene, any file beside it may be what was missing.
        """
        with self._lock:
            sheets, scenes = dict(self._sheets), self.scenes()
        for name, sheet in sheets.items():
            if name not in scenes:
                continue
            path = scenes[name].resolve()
            parts = {path, *sheet.inputs}
            mended = sheet.slips and any(each.parent == path.parent for each in paths)
            if mended or parts & {*paths}:
                self.draw(name)
        self._tell()

    def look(self, name: str, settings: tuple[str, ...]) -> None:
        """Draw a scene with settings that the page has chosen, in place of those before."""
        self.sheet(name)
        self._change(name, look=settings)
        self.draw(name)

    def ask(self, task: Task, seconds: float) -> Waited:
        """What comes of a task, once it is there. Raises TimeoutError."""
        with self._told:
            waited = self._waited[id(task)] = Waited()
            self._worker.do(task)
            try:
                if not self._told.wait_for(lambda: waited.over, seconds):
                    raise TimeoutError
            finally:
                del self._waited[id(task)]
            return waited

    def loss(self, name: str, x: float, y: float) -> float | None:
        """The loss at a place, where the scene was drawn last. Raises TimeoutError."""
        value = self.ask(Asking(self.scenes()[name], x, y), 10.0).value
        return value if isinstance(value, float) else None

    def save(self, name: str, ending: str, folder: Path) -> Waited:
        """Write a scene into a folder. Raises TimeoutError."""
        return self.ask(Saving(self._drawing(name), ending, folder), 3600.0)

    def _drawing(self, name: str) -> Drawing:
        with self._lock:
            look = self._sheets.get(name, Sheet()).look
        return Drawing(self.scenes()[name], (*self.settings, *look), self.trust)

    # What is told.

    def listen(self, hearer: Callable[[], None]) -> Callable[[], None]:
        """Call `hearer` after every change, in some thread; gives what ends that."""
        with self._lock:
            self._hearers.append(hearer)

        def leave() -> None:
            with self._lock:
                self._hearers.remove(hearer)

        return leave

    def state(self, name: str) -> Mapping[str, Any]:
        """What the page shows of a scene beside its picture, as JSON holds it."""
        sheet, scenes = self.sheet(name), self.scenes()
        stage = sheet.stage
        return {
            "scenes": [*scenes],
            "there": name in scenes and scenes[name].is_file(),
            "tag": sheet.tag,
            "quality": sheet.quality,
            "remarks": sheet.remarks,
            "slips": [[each.text, each.line, each.column] for each in sheet.slips],
            "drawing": sheet.drawing,
            "stage": [stage.what, stage.done, stage.count] if stage else None,
            "look": sheet.look,
        }

    def _hear(self, task: Task, told: Told) -> None:
        with self._told:
            if (waited := self._waited.get(id(task))) is not None:
                if isinstance(told, Wrong):
                    waited.slips = told.slips
                if isinstance(told, Answer):
                    waited.value, waited.over = told.value, True
                    self._told.notify_all()
                return
        if isinstance(task, Drawing) and (name := self._name(task.scene)):
            self._take(name, task, told)

    def _name(self, scene: Path) -> str | None:
        return next((name for name, each in self.scenes().items() if each == scene), None)

    def _take(self, name: str, task: Drawing, told: Told) -> None:
        match told:
            case Inputs(files):
                self._change(name, inputs=files)
            case Stage():
                self._change(name, stage=told)
            case Picture(data, quality, remarks):
                tag = sha256(data).hexdigest()[:20]
                self._change(
                    name,
                    picture=data,
                    tag=tag,
                    quality=quality,
                    remarks=remarks,
                    slips=(),
                    stage=None,
                )
            case Wrong(slips):
                self._change(name, slips=slips, stage=None, inputs=self._known(name, task))
            case Answer():
                if self._asked[name] is task:  # no other has been asked for meanwhile
                    self._change(name, drawing=False, stage=None)

    def _known(self, name: str, task: Drawing) -> tuple[Path, ...]:
        return tuple({*self._sheets[name].inputs, task.scene.resolve()})

    def _change(self, name: str, **changes: Any) -> None:
        with self._lock:
            self._sheets[name] = replace(self._sheets.get(name, Sheet()), **changes)
        self._tell()

    def _tell(self) -> None:
        with self._lock:
            hearers = [*self._hearers]
        for hearer in hearers:
            hearer()


def named_apart(paths: Sequence[Path]) -> Mapping[str, Path]:
    """Paths by their names, with their folders where names are alike."""
    names = [path.name for path in paths]
    return {path.name if names.count(path.name) == 1 else str(path): path for path in paths}
