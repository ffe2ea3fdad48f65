"""The first lines of what may be a long list."""

from keras_productgen.cli.console import output

MOST = 20


def show_some(lines, console=output):
    """Prints the first twenty lines, and how many more there are."""
    for line in lines[:MOST]:
        console.print(f"  {line}", markup=False)
    if len(lines) > MOST:
        console.print(f"  and {len(lines) - MOST} more")
