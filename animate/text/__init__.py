"""Every word that the program writes into a picture, and how numbers are written beside it."""

from animate.text.speech import Language, Words
from animate.text.table import COUNTED, WORDS

__all__ = ["COUNTED", "WORDS", "Language", "Words"]
