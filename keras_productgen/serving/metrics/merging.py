"""Pages of several servers as one."""


def merged(pages, label="replica"):
    """Returns one page, in which each line says whose it is.

    Nothing is added up: a counter that begins again would then fall with those
    of the others, and Prometheus adds up as it should (`sum without`).

    Args:
        pages: dict from the names of servers to their pages, as text.
        label: str, what holds the name.
    """
    heads, samples = {}, {}
    for server, page in pages.items():
        name = None
        for line in page.splitlines():
            if line.startswith("# "):
                name = line.split(" ", 3)[2]
                heads.setdefault(name, {})[line.split(" ", 2)[1]] = line
            else:
                samples.setdefault(name, []).append(
                    _labelled(line, f'{label}="{server}"')
                )
    lines = [
        line
        for name, head in heads.items()
        for line in [*head.values(), *samples.get(name, [])]
    ]
    return "\n".join(lines) + "\n"


def _labelled(line, pair):
    """Adds a label; names hold neither braces nor spaces."""
    name, space, value = line.partition(" ")
    if "{" not in name:
        return f"{name}{{{pair}}}{space}{value}"
    name, _, rest = line.partition("{")
    return f"{name}{{{pair},{rest}"
