"""The model families by name."""

import inspect

import typer

from keras_productgen.cli.quiet import import_keras


def family_named(name):
    """Returns the class of `keras_productgen.models` called `name`.

    Upper and lower case make no difference.
    """
    import_keras()

    from keras_productgen import models

    families = {
        **_subclasses(models, models.AdversarialModel),
        **_subclasses(models, models.ImageTranslation),
    }
    if name.lower() not in families:
        names = sorted(family.__name__ for family in families.values())
        raise typer.BadParameter(
            f"must be one of {', '.join(names)}. Received: {name!r}",
            param_hint="FAMILY",
        )
    return families[name.lower()]


def _subclasses(module, base):
    return {
        key.lower(): value
        for key, value in vars(module).items()
        if inspect.isclass(value)
        and issubclass(value, base)
        and value is not base
    }


def check_settings(family, settings):
    """Refuses names that the constructor of `family` does not have."""
    known = [*inspect.signature(family).parameters][:-1] + ["dtype"]
    _refuse_unknown(family.__name__, known, settings, "--set")


def check_compiling(family, settings):
    """Refuses names that `compile` of `family` does not have."""
    known = [*inspect.signature(family.compile).parameters][1:]
    title = f"compile of {family.__name__}"
    _refuse_unknown(title, known, settings, "--compile")


def _refuse_unknown(title, known, settings, hint):
    unknown = [name for name in settings if name not in known]
    if unknown:
        raise typer.BadParameter(
            f"{title} takes {', '.join(known)}. Received: {', '.join(unknown)}",
            param_hint=hint,
        )


def augmentation_named(name):
    """Makes the layer of `augmentation` that a discriminator sees through."""
    from keras_productgen import augmentation

    layers = ("DiffAugment", "AdaptiveAugment")
    if name not in layers:
        raise typer.BadParameter(
            f"augment must be one of {', '.join(layers)}. Received: {name!r}",
            param_hint="--compile",
        )
    return getattr(augmentation, name)()


def takes_conditions(family):
    return "categories" in inspect.signature(family).parameters


def learns_from_two(family):
    """Whether a family translates between two folders of pictures."""
    return hasattr(family, "kinds")


def learns_from_pairs(family):
    return learns_from_two(family) and not hasattr(family, "directions")
