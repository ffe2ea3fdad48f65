"""What the families of restoration share."""
