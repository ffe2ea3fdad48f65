def portable(config):
    """Makes the config of an optimizer fit for every backend.

    On torch Keras records its own torch optimizers, with which a model loaded
    on another backend cannot be trained.
    """
    if not isinstance(config, dict):
        return config
    config = {key: portable(value) for key, value in config.items()}
    module = str(config.get("module"))
    if module.startswith("keras.src.backend.torch.optimizers"):
        config.update(module="keras.optimizers", registered_name=None)
    return config
