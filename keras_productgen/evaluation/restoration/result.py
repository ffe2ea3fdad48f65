"""What `measure_restoration` found, as a table, a sheet, JSON and a page."""

import dataclasses
import math
import os

from keras_productgen import images
from keras_productgen.evaluation.plain import plain
from keras_productgen.evaluation.restoration import page
from keras_productgen.evaluation.restoration import sheet as sheets

HEADINGS = ("test", "method", "PSNR", "SSIM", "gain", "95 %", "s/MP")


@dataclasses.dataclass
class RestorationScores:
    """Figures of every method on every test.

    Args:
        scores: list of `RestorationScore`.
        num_images: int, how many pictures were measured.
        source: str, where they came from.
        skipped: dict from the names of files to why they could not be used.
        notices: list of sentences that a reader must know.
        shown: list of `Shown`, for the sheet.
    """

    scores: list
    num_images: int
    source: str
    skipped: dict
    notices: list
    shown: list = dataclasses.field(repr=False)
    headings = HEADINGS

    def rows(self):
        """The table without its headings, a list of tuples of str."""
        return [
            (
                f"{score.task}, {score.test}",
                score.method,
                f"{score.psnr:.2f}",
                _number("{:.4f}", score.ssim),
                _number("{:+.2f}", score.gain),
                _interval(score.gain_interval),
                f"{score.seconds_per_megapixel:.3g}",
            )
            for score in self.scores
        ]

    def __str__(self):
        rows, before = [], None
        for test, method, *figures in self.rows():
            if test != before:
                rows.append((test, *self.headings[2:]))
            rows.append((f"  {method}", *figures))
            before = test
        widths = [max(map(len, column)) for column in zip(*rows)]
        lines = [
            text.ljust(widths[0])
            + "".join(f"  {x:>{w}}" for x, w in zip(figures, widths[1:]))
            for text, *figures in rows
        ]
        title = f"{self.num_images} pictures of {self.source}"
        return "\n".join([title, *lines, *self.notices])

    def sheet(self, cell=192):
        """Parts of pictures: damaged, best filter, best model, clean, uint8.

        Args:
            cell: int, side of a part, in pixels.
        """
        return sheets.draw(self.shown, self.scores, cell)

    def as_dict(self):
        """All figures as plain values, for JSON."""
        return {
            "num_images": self.num_images,
            "source": self.source,
            "skipped": self.skipped,
            "notices": self.notices,
            "scores": [plain(score) for score in self.scores],
        }

    def save_json(self, path: str | os.PathLike):
        """Writes all figures as JSON."""
        images.write_json(path, self.as_dict())

    def save(self, path: str | os.PathLike):
        """Writes one page of HTML with the table and the sheet."""
        images.write_bytes(path, page.render(self).encode())


def _number(form, value):
    return form.format(value) if math.isfinite(value) else "-"


def _interval(interval):
    low, high = interval
    return f"{low:+.2f} to {high:+.2f}" if math.isfinite(low) else "-"
