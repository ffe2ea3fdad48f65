"""Which tensor goes where in a functional model of Keras 2."""


def adapt_nodes(config):
    """Changes the config of a functional model to what Keras 3 means by it."""
    for key in ("input_layers", "output_layers"):
        # Keras 3 would take, and give, a list of one.
        if len(config[key]) == 1:
            (config[key],) = config[key]
    sequential = {
        layer["config"]["name"]
        for layer in config["layers"]
        if layer["class_name"] == "Sequential"
    }
    places = [layer["inbound_nodes"] for layer in config["layers"]]
    references = list(_references([*places, config["output_layers"]]))
    for name in sequential:
        calls = [reference for reference in references if reference[0] == name]
        # The first call of a Sequential was its own making; it no longer is.
        if calls and min(call[1] for call in calls) > 0:
            for call in calls:
                call[1] -= 1


def _references(value):
    """Yields the lists [layer, call, output, ...] in `value`, however deep."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        if len(value) >= 3 and list(map(type, value[:3])) == [str, int, int]:
            yield value
        for inner in value:
            yield from _references(inner)
