"""Where the command line writes."""

import rich.console

output = rich.console.Console(highlight=False, soft_wrap=True)
errors = rich.console.Console(stderr=True, highlight=False, soft_wrap=True)
