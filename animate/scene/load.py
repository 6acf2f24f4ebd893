"""YAML text → Scene. All mistakes of a file are reported at once, each as file:line:column."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from animate.errors import DocumentError, Mistake, NoRoom, SceneError, UnfitScene, UsageError
from animate.errors import Path as KeyPath
from animate.files import SCENE_ENDINGS, TooLong, Unreadable, contents, fingerprint
from animate.registry import nearest
from animate.scene import (
    BetweenScene,
    CheckpointScene,
    ExperimentScene,
    NetworkScene,
    RaceScene,
    RecordedScene,
    Scene,
    SignalScene,
)
from animate.scene.checks import examine
from animate.scene.context import NO_TRUST, ReadingContext, Trust
from animate.scene.diagnostics import mistakes, worded
from animate.scene.settings import Setting, apply
from animate.scene.yaml import MAX_BYTES, Data, Document, parse
from animate.scene.yaml.edit import edited
from animate.text import LANGUAGES, Language

_MOST_BESIDE = 1000
"""Files of a folder among which the one that was meant is looked for."""


@dataclass(frozen=True)
class Origin:
    """Where a scene was read from: with it, mistakes that are found later get their place too.

    `document` is the file, `data` what the scene was made of: the file with the settings, of which
    `changed` has each at the path that it changed. `again` reads the scene once more, with more
    settings if it is given any. `inside`: the places are in the text that the file carries.
    """

    name: str
    document: Document
    changed: Mapping[KeyPath, Setting]
    data: Data
    again: Callable[..., "Script"]
    inside: bool = False

    def lines(self, found: Sequence[Mistake]) -> list[str]:
        """A line for each mistake: those of settings first, then those of the file from its top."""
        lines: dict[tuple[int, int, str], str] = {}
        name = _told(self.name, inside=self.inside)
        for mistake in found:
            line, column = self.document.place(mistake.path, mistake.at_key, mistake.offset)
            text = f"{name}:{line}:{column}: {worded(mistake)}"
            for path, setting in self.changed.items():
                if mistake.path[: len(path)] == path or self._added(mistake.path, path):
                    line, column, text = 0, 0, setting.told(mistake, path)
                elif mistake.path and path[: len(mistake.path)] == mistake.path:
                    text = f"{text} (with --set {setting.written})"
            lines[line, column, text] = text
        return [lines[key] for key in sorted(lines)]

    def _added(self, place: KeyPath, path: KeyPath) -> bool:
        """Whether `place` is not in the file, but was added by a setting of `path`."""
        return path[: len(place)] == place and place not in self.document.spans


@dataclass(frozen=True)
class Script:
    """A scene, and its text with the settings from the command line worked in.

    `facts` are what the picture depends on beside the text: a hash of the files that it names.
    `inputs` are these files, and that of the scene itself.
    """

    scene: Scene
    text: str
    name: str
    origin: Origin
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    inputs: tuple[Path, ...] = ()

    def __reduce__(self) -> tuple[object, ...]:
        """For another process it is read again, since some of its models are made while reading."""
        return self.origin.again, ()

    def changed(self, settings: Sequence[str]) -> "Script":
        """The scene read once more, with these settings beside its own. Raises as `read_text`."""
        return self.origin.again(settings)

    @contextmanager
    def placing(self) -> Generator[None]:
        """A context that turns UnfitScene and NoRoom into a SceneError, with file:line:column."""
        try:
            yield
        except UnfitScene as error:
            found = [_as_written(each, self.origin.data) for each in error.mistakes]
            raise SceneError(self.origin.lines(found)) from error
        except NoRoom as error:
            too_small = Mistake(("style", "size"), str(error))
            raise SceneError(self.origin.lines([too_small])) from error


def read(path: Path, settings: Sequence[str] = (), *, trust: Trust = NO_TRUST) -> Script:
    """The scene in the file `path`. Raises SceneError with every mistake, or UsageError.

    `trust`: what the scene may do beyond being read.
    """
    try:
        text = contents(path, MAX_BYTES)
    except TooLong as error:
        raise SceneError([f"{path}:1:1: {error}"]) from None
    except Unreadable as error:
        raise UsageError(f"{path}: {error}{_meant(path)}") from None
    return read_text(text, str(path), settings, trust=trust, inputs=(path,))


def _meant(path: Path) -> str:
    """ ". Did you mean …?" for the scene beside `path` with nearly its name, if `path` is none."""
    try:
        if path.exists():
            return ""
        beside = islice(path.parent.iterdir(), _MOST_BESIDE)
        scenes = {each.stem: each for each in beside if each.suffix.lower() in SCENE_ENDINGS}
        near = scenes.get(path.name) or scenes.get(nearest(path.stem, scenes) or "")
    except (OSError, ValueError):
        return ""
    return f". Did you mean {str(near)!r}?" if near else ""


def read_text(
    text: str | bytes,
    name: str,
    settings: Sequence[str] = (),
    *,
    trust: Trust = NO_TRUST,
    inputs: tuple[Path, ...] = (),
    inside: bool = False,
) -> Script:
    """The scene in `text`, whose mistakes are reported under `name`. Raises SceneError, UsageError.

    Files that the scene names are looked for from the folder of `name`. `inputs` are those that
    were read to get the text. `inside`: a file that was made of the scene carries it.
    """
    try:
        document = parse(text)
    except DocumentError as error:
        told = _told(name, inside=inside)
        raise SceneError([f"{told}:{problem}" for problem in error.problems]) from error
    given = [Setting.of(each) for each in settings]
    data, changed = apply(given, document.data)
    again = partial(_again, settings, text, name, trust=trust, inputs=inputs, inside=inside)
    origin = Origin(name, document, changed, data, again, inside)

    def written() -> str:
        whole = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        return edited(whole, data, changed) if given else whole

    return checked(origin, written, trust, inputs)


def _again(
    settings: Sequence[str], text: str | bytes, name: str, more: Sequence[str] = (), **known: Any
) -> Script:
    return read_text(text, name, [*settings, *more], **known)


def checked(
    origin: Origin, written: Callable[[], str], trust: Trust, inputs: tuple[Path, ...] = ()
) -> Script:
    """The scene that the data of `origin` are, whose text is `written()`. Raises SceneError.

    `trust` and `inputs` are as in `read_text`.
    """
    model = model_of(origin.data)
    context = ReadingContext(Path(origin.name).parent, trust, _language(origin.data))
    try:
        scene = model.model_validate(origin.data, context=context)
    except ValidationError as error:
        raise SceneError(origin.lines(mistakes(error, model))) from error
    files = dict.fromkeys(context.files)
    facts = {"files": fingerprint(files)} if files else {}
    name = Path(origin.name).stem
    script = Script(scene, written(), name, origin, facts, (*inputs, *files))
    with script.placing():
        examine(script.scene)
    return script


def _told(name: str, *, inside: bool) -> str:
    """What a place is told in: the file `name`, or the scene inside of it."""
    return f"{name} (the scene inside)" if inside else name


def model_of(data: Data) -> type[Scene]:
    """The kind of scene that `data` is: the one place that chooses it."""
    match data:
        case {"experiment": _}:
            return ExperimentScene
        case {"between": _}:
            return BetweenScene
        case {"paths": {}}:
            return CheckpointScene
        case {"paths": _}:
            return RecordedScene
        case {"signal": _}:
            return SignalScene
        case {"surface": {"network": _}}:
            return NetworkScene
        case _:
            return RaceScene


def _language(data: Data) -> Language:
    """The language of the scene's texts, or English where it names none that there is."""
    match data:
        case {"style": {"language": str(wanted)}} if wanted in LANGUAGES:
            return cast("Language", wanted)
        case _:
            return "en"


def _as_written(mistake: Mistake, data: Data) -> Mistake:
    """The mistake at the path of the file, where a single start has no list around it."""
    match mistake.path, data:
        case ("start", 0), {"start": [int() | float(), *_]}:
            return replace(mistake, path=("start",))
        case _:
            return mistake
