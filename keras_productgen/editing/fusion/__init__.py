"""One picture of several of the same thing."""
