"""Text that is drawn in the picture."""

from typing import Annotated

from pydantic import AfterValidator

from animate.figure.text.drawable import drawable
from animate.figure.text.languages import Translated

Drawn = Annotated[Translated, AfterValidator(drawable)]
"""One line of text, whose mathtext can be drawn; or a mapping from languages to such lines."""
