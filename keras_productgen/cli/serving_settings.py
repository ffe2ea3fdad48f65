"""The flags of TensorFlow Serving, as arguments of `serving.Server`.

The functions take them as `serving_flags.separate` returns them.
"""

REST_PORT, GRPC_PORT = 8501, 8500


def ports(flags, port, grpc_port, alone):
    """Returns `(rest_port, grpc_port)`, None for an interface that is off.

    `--port` is REST's, as servers for the web have it. Where the command is
    one of TensorFlow Serving, it is gRPC's, and 0 is off, as there.

    Args:
        flags: dict.
        port: value of `--port`, or None.
        grpc_port: value of `--grpc-port`, or None.
        alone: bool, whether no folder was named but by such a flag.
    """
    if "rest_api_port" not in flags and not alone:
        return (
            REST_PORT if port is None else port,
            GRPC_PORT if grpc_port is None else grpc_port,
        )
    if grpc_port is None:
        grpc_port = GRPC_PORT if port is None else port
    return flags.get("rest_api_port", 0) or None, grpc_port or None


def settings(flags):
    """Returns arguments of `serving.Server` that flags stand for.

    Those of its limits are left to `limits`.

    Raises:
        ValueError: if a file of settings makes no sense, or connections were
            to be encrypted in a way that is not there.
    """
    if flags.get("use_alts_credentials"):
        raise ValueError(
            "Connections are encrypted by `--ssl_config_file`, or by "
            "`--tls-certificate` and `--tls-key`. "
            "Received: --use_alts_credentials"
        )
    from keras_productgen.serving import config

    found = {
        "poll_seconds": flags.get("file_system_poll_wait_seconds", 1.0),
        "cors": flags.get("rest_api_enable_cors_support", False),
        "per_model_batching": flags.get(
            "enable_per_model_batching_parameters", False
        ),
        "allow_unavailable_labels": flags.get(
            "allow_version_labels_for_unavailable_models", False
        ),
        "warm_up_iterations": flags.get("num_request_iterations_for_warmup", 1)
        if flags.get("enable_model_warmup", True)
        else 0,
        "grpc_socket": flags.get("grpc_socket_path"),
        "grpc_options": _channel_arguments(flags),
        "grpc_health": flags.get("enable_grpc_healthcheck_service", False),
        "session_config": _session_config(flags),
    }
    if "model_config_file" in flags:
        found["source_poll_seconds"] = flags.get(
            "model_config_file_poll_wait_seconds", 0.0
        )
    if "saved_model_tags" in flags:
        found["tags"] = tuple(flags["saved_model_tags"].split(","))
    if "ssl_config_file" in flags:
        found["tls"] = config.read_tls(flags["ssl_config_file"])
    if "monitoring_config_file" in flags:
        path = flags["monitoring_config_file"]
        found["metrics_path"] = config.read_monitoring(path)
    return found | _batching(flags)


def limits(flags):
    """Returns arguments of `serving.Limits` that flags stand for."""
    found = {}
    if "rest_api_timeout_in_ms" in flags:
        found["timeout"] = flags["rest_api_timeout_in_ms"] / 1000
    for name in ("rest_api_num_threads", "grpc_max_threads"):
        if name in flags:
            found["threads"] = max(flags[name], found.get("threads", 1))
    return found


def models(flags):
    """Returns the models that flags name, None where they name none.

    Raises:
        ValueError: if `--model_base_path` is no folder.
    """
    from keras_productgen.serving.config import ModelConfig

    if "model_config_file" in flags:
        return flags["model_config_file"]
    if "model_base_path" not in flags:
        return None
    path = flags["model_base_path"]
    return ModelConfig(flags.get("model_name", "default"), path)


def _batching(flags):
    from keras_productgen.serving import Batching
    from keras_productgen.serving import config

    if "enable_batching" not in flags:
        return {}
    if not flags["enable_batching"]:
        return {"batching": None}
    if "batching_parameters_file" in flags:
        path = flags["batching_parameters_file"]
        return {"batching": config.read_batching(path)}
    return {"batching": Batching()}


def _channel_arguments(flags):
    """Pairs of `name=value,name=value`; whole numbers are such."""
    pairs = []
    for part in flags.get("grpc_channel_arguments", "").split(","):
        name, equals, value = part.partition("=")
        if equals:
            is_number = value.lstrip("-").isdigit()
            pairs.append((name, int(value) if is_number else value))
    return pairs


def _session_config(flags):
    from keras_productgen.serving.sessions import read_session_config
    from keras_productgen.serving.sessions import session_config

    if "tensorflow_session_config_file" in flags:
        return read_session_config(flags["tensorflow_session_config_file"])
    both = flags.get("tensorflow_session_parallelism", 0)
    return session_config(
        flags.get("tensorflow_intra_op_parallelism", both),
        flags.get("tensorflow_inter_op_parallelism", both),
    )
