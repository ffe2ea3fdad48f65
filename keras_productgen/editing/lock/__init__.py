"""The product proven untouched."""
