"""A scene as a notebook shows it: an animation wherever one plays, else its last picture."""

from base64 import b64encode
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import TypeAdapter

from animate import pipeline
from animate.api.picture import Bundle
from animate.api.progress import progress
from animate.api.summary import summary
from animate.scene.load import Script
from animate.scene.output import Output, OutputPart
from animate.watch import Effort
from animate.writers.source import read_source

_ENDINGS = ("mp4", "webm", "gif", "png")


def shown(script: Script) -> Bundle:
    """What a notebook shows of a scene by its MIME types, and what it says beside them.

    text/html is a video, H.264 first and VP9 second, and in it a GIF for what takes the video's
    tags out, as GitHub does; image/png the last picture, which LaTeX and PDF have. Everything is
    inside, since some notebooks reach no files. Raises as `render` does.
    """
    with TemporaryDirectory(prefix="animate-") as folder, progress(script.name) as told:
        files = {ending: Path(folder, f"scene.{ending}") for ending in _ENDINGS}
        scene = script.scene.model_copy(update={"output": _output()})
        pipeline.render(
            replace(script, scene=scene),
            [*files.values()],
            progress=told.frames,
            settings={},
            effort=Effort(watch=told),
        )
        data = {ending: b64encode(path.read_bytes()).decode() for ending, path in files.items()}
        said = read_source(files["png"]).description
    bundle = {
        "text/html": _video(script, data, said),
        "image/png": data["png"],
        "text/plain": summary(script),
    }
    return bundle, {"image/png": {"alt": said}}


def _video(script: Script, data: dict[str, str], said: str) -> str:
    (width, height), loop = script.scene.style.size, " loop" if script.scene.timing.loop else ""
    alt = escape(said)
    return (
        f'<video width="{width}" height="{height}" style="max-width: 100%; height: auto" '
        f'controls autoplay muted playsinline{loop} aria-label="{alt}">'
        f'<source src="data:video/mp4;base64,{data["mp4"]}" type="video/mp4">'
        f'<source src="data:video/webm;base64,{data["webm"]}" type="video/webm">'
        f'<img src="data:image/gif;base64,{data["gif"]}" alt="{alt}"></video>'
    )


@cache
def _output() -> OutputPart:
    """How the files of a notebook are written, whatever the scene says of its own."""
    part: OutputPart = TypeAdapter(Output).validate_python({"webm": {"fast": True}})
    return part
