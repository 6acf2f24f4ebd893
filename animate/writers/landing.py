"""Files that were made elsewhere and come as bytes."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace

from animate.errors import AnimateError
from animate.writers.making import Written, left_beyond
from animate.writers.staging import Staging


def land(written: Sequence[Written], files: Sequence[Mapping[str, bytes]]) -> list[Written]:
    """Write the `files` of each target, by their names, beside each other to their places. They
    appear together, or none does. Raises AnimateError where they cannot be written."""
    with ExitStack() as stack:
        stagings = [stack.enter_context(Staging(each.path)) for each in written]
        for staging, each in zip(stagings, files, strict=True):
            try:
                for name, data in each.items():
                    (staging.folder / name).write_bytes(data)
            except OSError as error:
                why = error.strerror or str(error)
                raise AnimateError(f"{staging.target}: could not be written: {why}") from error
        told = [
            replace(each, notes=(*each.notes, *left_beyond(each.path, len(made))))
            for each, made in zip(written, files, strict=True)
        ]
        for staging in stagings:
            staging.commit()
    return told
