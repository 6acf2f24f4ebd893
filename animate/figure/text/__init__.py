"""Words in pictures: measured, wrapped, localised and drawn."""
