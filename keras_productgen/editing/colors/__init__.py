"""Which colours: white balance, other colours, other colour spaces."""
