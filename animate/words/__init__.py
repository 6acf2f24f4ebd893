"""Every word that the program writes into a picture, and how numbers are written beside it."""

from animate.words.speech import Language, Words
from animate.words.table import COUNTED, WORDS

__all__ = ["COUNTED", "WORDS", "Language", "Words"]
