import io

from matplotlib.figure import Figure

from keras_productgen.images import write_bytes

# Title, names of the vitals, whether the axis is logarithmic.
PANELS = (
    ("movement of the weights, a batch", ("d_movement", "g_movement"), True),
    ("gradient / weights", ("d_gradient", "g_gradient"), True),
    ("accuracy", ("d_real_accuracy", "d_fake_accuracy"), False),
    ("logits", ("real_logit", "fake_logit"), False),
    ("pictures / real ones", ("diversity", "coverage", "nearness"), False),
    ("pictures of one wish / real ones", ("diversity_within",), False),
    ("KID", ("kid",), False),
    ("batch normalization", ("batch_norm_gap", "ema_gap"), False),
    ("range of the pictures", ("range_low", "range_high"), False),
)
_COLORS = {"error": "tab:red", "warning": "tab:orange"}


def vitals_plot(vitals, findings, path=None):
    """Draws panels of vitals over the batches; see `GANDoctor.plot`."""
    if not vitals:
        raise ValueError(
            "There must be a check to draw: train with the doctor first. "
            f"Received: vitals={vitals}"
        )
    panels = [panel for panel in PANELS if _has(vitals, panel[1])]
    num_rows = -(-len(panels) // 2)
    height = 2.0 * num_rows + 0.25 * len(findings) + 0.3
    figure = Figure(figsize=(9, height), layout="constrained")
    grid = figure.subplots(num_rows, 2, sharex=True, squeeze=False)
    for axes, panel in zip(grid.ravel(), panels):
        _draw(axes, vitals, *panel)
        _mark(axes, findings)
    for axes in grid.ravel()[len(panels) :]:
        axes.axis("off")
    figure.supxlabel("batch", fontsize="small")
    if findings:
        figure.suptitle(_titles(findings), fontsize="small", ha="left", x=0.01)
    if path is not None:
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=100)
        write_bytes(path, buffer.getvalue())
    return figure


def _has(vitals, names):
    return any(name in row for row in vitals for name in names)


def _draw(axes, vitals, title, names, logarithmic):
    for name in names:
        points = [(row["step"], row[name]) for row in vitals if name in row]
        if points:
            axes.plot(*zip(*points), marker=".", label=name)
    if logarithmic and any(
        row.get(n, 0.0) > 0.0 for row in vitals for n in names
    ):
        axes.set_yscale("log")
    axes.set_title(title, fontsize="small")
    axes.legend(fontsize="x-small")
    axes.tick_params(labelsize="small")


def _mark(axes, findings):
    for number, finding in enumerate(findings, 1):
        color = _COLORS[finding.severity]
        axes.axvline(finding.step, color=color, linestyle=":")
        axes.text(
            finding.step,
            0.98,
            f" {number}",
            color=color,
            fontsize="x-small",
            va="top",
            transform=axes.get_xaxis_transform(),
        )


def _titles(findings):
    # By name: a font for Chinese may not be there.
    return "\n".join(
        f"{number}  {finding.name} ({finding.kind}), batch {finding.step}"
        for number, finding in enumerate(findings, 1)
    )
