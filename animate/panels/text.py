"""A paragraph beside the pictures."""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Len
from pydantic import AfterValidator

from animate.figure.text.drawable import paragraph
from animate.figure.text.languages import Translated
from animate.figure.text.paragraph_panel import Paragraph


@dataclass(frozen=True, kw_only=True)
class Text(Paragraph):
    """A paragraph, mathtext between dollars, broken into lines where there is no more room."""

    say: Annotated[Translated, Len(1, 2000), AfterValidator(paragraph)]
