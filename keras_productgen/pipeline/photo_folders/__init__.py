"""A folder of photos through one thing after the other; resumed."""
