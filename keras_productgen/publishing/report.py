"""What a check has found."""

import dataclasses
import functools

from keras_productgen.publishing import marking
from keras_productgen.publishing.profiles import Profile
from keras_productgen.publishing.rules import RULES
from keras_productgen.publishing.rules import composition
from keras_productgen.publishing.rules import finding
from keras_productgen.publishing.rules.subject import Subject

# Every profile asks for it.
PRODUCT = "product"


@dataclasses.dataclass(frozen=True)
class Report:
    """The verdicts of all rules on one picture.

    Each rule is looked at when it is first asked for: who mends a picture needs
    some of them alone.

    Args:
        profile: `Profile`.
        subject: `Subject`, the picture that is judged.
    """

    profile: Profile
    subject: Subject = dataclasses.field(repr=False)

    @functools.cached_property
    def findings(self):
        """A list of `Finding`, one a rule."""
        return [self[rule] for rule in (PRODUCT, *RULES)]

    @property
    def passed(self):
        """Whether no rule failed; warnings do not count."""
        return not self.failed

    @property
    def failed(self):
        """The `Finding`s that failed."""
        return [f for f in self.findings if f.status == finding.FAILED]

    @property
    def warnings(self):
        """The `Finding`s that warn."""
        return [f for f in self.findings if f.status == finding.WARNING]

    def __getitem__(self, rule):
        """The `Finding` of a rule, by its name; a `KeyError` if it is none."""
        if rule not in self._judged:
            self._judged[rule] = self._judge(rule)
        return self._judged[rule]

    @functools.cached_property
    def _judged(self):
        return {}

    def _judge(self, rule):
        if rule == PRODUCT:
            return composition.there(self.subject)
        look = RULES[rule]
        if rule in self.profile.rules:
            return look(self.subject, self.profile.rules[rule])
        why = f"no rule of {self.profile.title}"
        return finding.not_applicable(rule, why)

    def to_dict(self):
        """All of it but masks, as JSON can hold it."""
        height, width = self.subject.size
        return {
            "file": self.subject.name,
            "width": width,
            "height": height,
            "profile": self.profile.name,
            "passed": self.passed,
            "findings": [found.to_dict() for found in self.findings],
        }

    def picture(self):
        """The picture, marked where rules fail (red) or warn (orange).

        Returns:
            uint8 array `(height, width, 3)`, at most 1600 pixels a side.
        """
        return marking.marked(self.subject.colors, self.failed, self.warnings)

    def __str__(self):
        verdict = "passed" if self.passed else "failed"
        title = f"{self.profile.title}: {verdict}"
        if self.subject.name:
            title = f"{self.subject.name}, {title}"
        asked = [f for f in self.findings if f.status != finding.NOT_APPLICABLE]
        rows = [(f.rule, f.status, f.measured, f.wanted, f.mend) for f in asked]
        widths = [max(map(len, column)) for column in zip(*rows)]
        lines = [
            "  ".join(t.ljust(w) for t, w in zip(row, widths)).rstrip()
            for row in rows
        ]
        return "\n".join([title, *lines])
