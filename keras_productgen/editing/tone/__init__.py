"""How light and how colourful: the same for all pixels of a value."""
