"""The article's claims, each number computed a second time."""
