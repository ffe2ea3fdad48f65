"""The flags of TensorFlow Serving, beside our own."""

import pathlib

PATHS = (
    "batching_parameters_file",
    "grpc_socket_path",
    "model_base_path",
    "model_config_file",
    "monitoring_config_file",
    "ssl_config_file",
    "tensorflow_session_config_file",
)
PORT = "rest_api_port"
LAST_PORT = 2**16 - 1
WHOLE_NUMBERS = (
    "grpc_max_threads",
    "num_request_iterations_for_warmup",
    "rest_api_num_threads",
    PORT,
    "rest_api_timeout_in_ms",
    "tensorflow_inter_op_parallelism",
    "tensorflow_intra_op_parallelism",
    "tensorflow_session_parallelism",
)
SECONDS = (
    "file_system_poll_wait_seconds",
    "model_config_file_poll_wait_seconds",
)
SWITCHES = (
    "allow_version_labels_for_unavailable_models",
    "enable_batching",
    "enable_grpc_healthcheck_service",
    "enable_model_warmup",
    "enable_per_model_batching_parameters",
    "rest_api_enable_cors_support",
    "use_alts_credentials",
)
WORDS = ("grpc_channel_arguments", "model_name", "saved_model_tags")
# They tune what this server has not: what it does instead.
WITHOUT_EFFECT = {
    "enable_profiler": "there is no profiler",
    "enable_serialization_as_tensor_content": "answers have typed fields",
    "enable_signature_method_name_check": "names of outputs decide",
    "flush_filesystem_caches": "the system's cache stays as it is",
    "load_retry_interval_micros": "a version is tried when its files change",
    "max_num_load_retries": "a version is tried when its files change",
    "mixed_precision": "a model computes in the types it was exported with",
    "num_load_threads": "models are loaded one by one",
    "num_tflite_interpreters_per_pool": "SavedModels are served alone",
    "num_tflite_pools": "SavedModels are served alone",
    "num_unload_threads": "models are let go of one by one",
    "per_process_gpu_memory_fraction": "memory of a GPU is taken as needed",
    "platform_config_file": "SavedModels are served alone",
    "prefer_tflite_model": "SavedModels are served alone",
    "remove_unused_fields_from_bundle_metagraph": "graphs stay as they are",
    "skip_initialize_tpu": "there are no TPUs here",
    "thread_pool_factory_config_file": "TensorFlow's own threads compute",
    "xla_cpu_compilation_enabled": "graphs run as they were exported",
    "xla_gpu_compilation_enabled": "graphs run as they were exported",
}
KINDS = {
    **dict.fromkeys(PATHS, pathlib.Path),
    **dict.fromkeys(WHOLE_NUMBERS, int),
    **dict.fromkeys(SECONDS, float),
    **dict.fromkeys(SWITCHES, bool),
    **dict.fromkeys(WORDS, str),
    **dict.fromkeys(WITHOUT_EFFECT, str),
}
TRUE, FALSE = ("true", "1", "yes"), ("false", "0", "no")


def separate(words):
    """Takes the flags of TensorFlow Serving out of a command line.

    Args:
        words: list of str: among others `--name=value`, `--name value`, or
            `--name` of a switch; with hyphens or underscores.

    Returns:
        `(flags, words)`: a dict from the names of flags to values, and the
        other words.

    Raises:
        ValueError: if a flag has no value, or a wrong one.
    """
    words, flags, others = list(words), {}, []
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        name = name.removeprefix("--").replace("-", "_")
        if not word.startswith("--") or name not in KINDS:
            others.append(word)
            continue
        if not equals:
            value = _following(name, words)
        flags[name] = _value(name, value)
    return flags, others


def _following(name, words):
    if KINDS[name] is bool:
        return "true"
    if not words or words[0].startswith("--"):
        raise ValueError(f"`--{name}` must have a value. Received: none")
    return words.pop(0)


def _value(name, text):
    kind = KINDS[name]
    if kind is bool:
        if text.lower() not in TRUE + FALSE:
            raise ValueError(
                f"`--{name}` must be true or false. Received: {text!r}"
            )
        return text.lower() in TRUE
    try:
        value = kind(text)
    except ValueError:
        raise ValueError(
            f"`--{name}` must be a number. Received: {text!r}"
        ) from None
    if name == PORT and not 0 <= value <= LAST_PORT:
        raise ValueError(
            f"`--{name}` must be from 0 to {LAST_PORT}. Received: {text!r}"
        )
    return value
