"""What a user asks of a generator, before any network is loaded."""
