"""Where a picture comes from: said beside it, and inside of its file."""
