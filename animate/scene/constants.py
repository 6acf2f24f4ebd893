"""`constants:` the named numbers of a formula."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from animate.errors import Mistake
from animate.scene.diagnostics import validation_error
from animate.surfaces.formula.words import unusable


def named_for(*variables: str) -> AfterValidator:
    """The check that every constant has a name that a formula of those variables can say.

    It raises ValidationError with the places of all that have none.
    """

    def checked(constants: Mapping[str, float]) -> Mapping[str, float]:
        wrong = {name: unusable(name, variables) for name in constants}
        found = [Mistake((name,), why, at_key=True) for name, why in wrong.items() if why]
        if found:
            raise validation_error(found, constants)
        return constants

    return AfterValidator(checked)


Constants = Annotated[dict[str, float], Field(default_factory=dict, examples=[{"a": 1.5}])]
"""Numbers by their names."""
