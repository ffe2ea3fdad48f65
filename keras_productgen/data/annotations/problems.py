"""What is wrong with annotations, and where."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Problem:
    """Something that does not hold.

    Args:
        kind: A word to sort by, such as `"box outside"`.
        message: What is wrong.
        place: File and line, or list and index, that said it.
        annotation_id: The annotation it is about, if it is about one.
        file: The picture it is about, if it is about one.
    """

    kind: str
    message: str
    place: str = ""
    annotation_id: int | None = None
    file: str | None = None

    def __str__(self):
        about = [self.place] if self.place else []
        if self.annotation_id is not None:
            about.append(f"annotation {self.annotation_id}")
        if self.file is not None:
            about.append(self.file)
        where = ", ".join(about)
        return f"{where}: {self.message}" if where else self.message


def refuse(problems, shown=10):
    """Raises a ValueError that lists the first problems, if there are any."""
    if not problems:
        return
    lines = "; ".join(str(problem) for problem in problems[:shown])
    more = f"; and {len(problems) - shown} more" * (len(problems) > shown)
    raise ValueError(
        "Annotations must fit themselves and their pictures. "
        f"Received: {len(problems)} problems: {lines}{more}"
    )
