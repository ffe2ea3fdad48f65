"""What the callbacks refuse."""


def check_every(every):
    if every < 1:
        raise ValueError(
            "`every` must be a number of epochs, at least 1. "
            f"Received: every={every}"
        )


def check_generates(model):
    if not hasattr(model, "generate"):
        raise ValueError(
            "The model must make pictures: it needs a method `generate`. "
            f"Received: a model of type {type(model).__name__}"
        )


def check_translates(model):
    if not hasattr(model, "translate"):
        raise ValueError(
            "The model must turn pictures into others: it needs a method "
            "`translate`; for models that `generate` there is `SampleGrid`. "
            f"Received: a model of type {type(model).__name__}"
        )
