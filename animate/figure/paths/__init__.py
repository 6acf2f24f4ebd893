"""Paths in pictures: trails, swarms and arrows."""
