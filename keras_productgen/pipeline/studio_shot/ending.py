"""From what the gate let through to a result, with its record."""

from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.pipeline.product_verdicts import Refusal
from keras_productgen.pipeline.studio_shot import verdicts
from keras_productgen.pipeline.studio_shot.models_used import models_of
from keras_productgen.pipeline.studio_shot.result import ACCEPTED
from keras_productgen.pipeline.studio_shot.result import REJECTED
from keras_productgen.pipeline.studio_shot.result import StudioReport
from keras_productgen.pipeline.studio_shot.result import StudioResult
from keras_productgen.publishing.provenance.inside import source_type_after

RULES = verdicts.NAMES["broken_rules"]


def ended(plan, found, source):
    """Returns the `StudioResult` of what a gate found.

    Args:
        plan: `StudioShot`.
        found: `GateResult`.
        source: optional `pathlib.Path` of the photo.
    """
    take, decision = found.made, found.decision
    reasons = _reasons(found)
    if take is None:
        return refused(plan, reasons, found.decisions)
    stages = take.stages
    stages.done("gate", "calibrated thresholds", attempts=len(found.decisions))
    fixed = take.fixed
    broken = _broken(fixed)
    # What broke a rule is said by name, not by their number.
    reasons = [each for each in reasons if each.name != RULES] + broken
    stages.resume()
    stages.done(
        "marketplace",
        "left out" if fixed is None else plan.profile.name,
        done=[] if fixed is None else [step.name for step in fixed.done],
    )
    report = StudioReport(
        REJECTED if reasons else ACCEPTED,
        reasons,
        stages,
        decision.scores,
        take.proofs | _proof_of(fixed),
        found.decisions,
        [] if fixed is None else [step.to_dict() for step in fixed.done],
        [] if fixed is None else [_said(f) for f in fixed.after.warnings],
        decision.seed,
    )
    return _result(plan, take, fixed, report, source)


def refused(plan, refusals, decisions=()):
    """Returns the `StudioResult` of a photo of which nothing was made."""
    report = StudioReport(
        REJECTED, list(refusals), [], {}, {}, list(decisions), [], [], plan.seed
    )
    return StudioResult(None, None, report)


def _reasons(found):
    if found.accepted:
        return []
    last = found.decisions[-1]
    if found.made is None and isinstance(last.cause, verdicts.Unusable):
        return last.cause.refusals
    return verdicts.refusals_of(found.decision)


def _broken(fixed):
    if fixed is None:
        return []
    return [
        Refusal(RULES, f"{rule.rule}, {rule.measured}", rule.wanted)
        for rule in fixed.after.failed
    ]


def _proof_of(fixed):
    if fixed is None or fixed.proof is None:
        return {}
    return {"marketplace": fixed.proof}


def _said(found):
    return f"{found.rule}: {found.measured}; wanted {found.wanted}"


def _result(plan, take, fixed, report, source):
    image = take.image if fixed is None else fixed.image
    if not report.accepted:
        return StudioResult(None, None, report, rejected_image=image)
    mask = take.mask / 255.0 if fixed is None else fixed.mask
    data = images.encode_png(image) if fixed is None else fixed.data
    record = None
    if plan.label:
        record = _record(plan, report, source)
        report.stages.done("label", record.source_type)
    return StudioResult(
        image,
        mask.astype("float32"),
        report,
        data,
        ".png" if fixed is None else fixed.suffix,
        record=record,
        source=source,
        marks=plan.marks,
    )


def _record(plan, report, source):
    steps = [
        {"name": stage.name, "method": stage.method, **stage.settings}
        for stage in report.stages
    ]
    # A generated part makes it a composite, a generated photo more than that.
    source_type = plan.backdrop.source_type
    if source is not None:
        source_type = source_type_after(source, source_type)
    return publishing.record(
        source_type,
        plan.producer,
        models_of(report.stages, plan.matte),
        seed=report.seed,
        parents=[] if source is None else [source],
        edits=steps + report.done,
    )
