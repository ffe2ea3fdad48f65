"""Whole folders checked, mended and labelled; a bad file is named."""
