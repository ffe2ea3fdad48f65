"""What a rule says of a picture."""

import dataclasses

PASSED, FAILED, WARNING = "passed", "failed", "warning"
NOT_APPLICABLE = "not applicable"


@dataclasses.dataclass(frozen=True)
class Finding:
    """One rule's verdict.

    Args:
        rule: str, name of the rule.
        status: `"passed"`, `"failed"`, `"warning"` or `"not applicable"`.
        measured: str, what was found.
        wanted: str, what the profile asks for.
        mend: str, what would mend it; empty where nothing has to.
        boxes: list of `[x, y, width, height]` in pixels, where it is.
        mask: optional bool array `(height, width)`, where it is.
        stated: bool, whether the marketplace says so, or we read it so.
    """

    rule: str
    status: str
    measured: str
    wanted: str
    mend: str = ""
    boxes: list = dataclasses.field(default_factory=list)
    mask: object = None
    stated: bool = False

    def to_dict(self):
        """All but the mask, as JSON can hold it."""
        values = vars(self).copy()
        del values["mask"]
        return values


def judged(rule, settings, good, measured, wanted, mend, **where):
    """Returns the `Finding` of a rule that is kept, or is not.

    Args:
        rule: str, its name.
        settings: dict, the rule's table of the profile.
        good: bool, whether it is kept.
        measured: str.
        wanted: str.
        mend: str, shown where it is not kept.
        **where: `boxes` and `mask`, kept where it is not.
    """
    if good:
        status, mend, where = PASSED, "", {}
    else:
        status = WARNING if settings.get("level") == "warn" else FAILED
    return Finding(
        rule,
        status,
        measured,
        wanted,
        mend,
        stated=settings.get("stated", False),
        **where,
    )


def not_applicable(rule, reason, wanted=""):
    """Returns the `Finding` of a rule that cannot be asked, and why."""
    return Finding(rule, NOT_APPLICABLE, reason, wanted)
