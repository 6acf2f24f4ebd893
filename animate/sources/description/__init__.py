"""What happens in a picture, in two or three true sentences: for those who cannot see it."""

from animate.sources.description.telling import narrate

__all__ = ["narrate"]
