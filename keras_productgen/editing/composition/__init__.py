"""Several pictures in one: alpha, gradients, textures, shadows."""
