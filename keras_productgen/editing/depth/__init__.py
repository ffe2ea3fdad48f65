"""What a map of distances makes possible."""
