"""Text that is drawn in the picture."""

from typing import Annotated

from pydantic import AfterValidator

from animate.figure.text.drawable import drawable

Drawn = Annotated[str, AfterValidator(drawable)]
"""One line of text, whose mathtext can be drawn."""
