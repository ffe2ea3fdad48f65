import dataclasses


@dataclasses.dataclass(frozen=True)
class Finding:
    """A diagnosis: what is wrong, by what it shows, and what to do.

    Args:
        name: str, one of `GANDoctor.DIAGNOSES`.
        kind: str, which of the forms of this diagnosis.
        title: str, one line.
        evidence: str, what was measured.
        remedy: str, what to try first.
        step: int, batches of the training before it was found.
        severity: `"error"` where training cannot go well, else `"warning"`.
    """

    name: str
    kind: str
    title: str
    evidence: str
    remedy: str
    step: int
    severity: str

    def __str__(self):
        return f"{self.title}\n  {self.evidence}\n  {self.remedy}"


@dataclasses.dataclass(frozen=True)
class Suspicion:
    """A diagnosis before it is put into words.

    Args:
        name: str, of the diagnosis.
        kind: str, its form.
        facts: dict, what the text of the evidence names.
        severity: `"error"` or `"warning"`.
    """

    name: str
    kind: str
    facts: dict
    severity: str = "error"
