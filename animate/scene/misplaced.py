"""A formula in the place of a name."""

import json
from collections.abc import Mapping

from animate.errors import UsageError
from animate.registry import Registry, clipped, nearest


def refuse_formula(name: str, known: Registry, keys: Mapping[str, str]) -> None:
    """Raises UsageError where `name` is a formula rather than the misspelt name of one of `known`.

    It says how a formula is written, with the other `keys` that it needs, each with an example.
    """
    if name in known or nearest(name, known) or not set(name) & set("+-*/^()="):
        return
    needed = "".join(f", {key}: {example}" for key, example in keys.items())
    raise UsageError(
        f"there is no {known.noun} named {clipped(name)!r}. A formula is written as "
        f"{{formula: {json.dumps(clipped(name), ensure_ascii=False)}{needed}}}"
    )
