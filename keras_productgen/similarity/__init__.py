"""How alike pictures are: the maths that metrics and losses share."""
