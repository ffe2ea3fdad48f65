"""Signed manifests of C2PA, by its library."""

import json
import os
import pathlib

from keras_productgen import images

MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
ALGORITHMS = ("es256", "es384", "es512", "ps256", "ps384", "ps512", "ed25519")


def sign_c2pa(
    path: str | os.PathLike,
    out: str | os.PathLike,
    record,
    certificates: str | os.PathLike,
    private_key: str | os.PathLike,
    algorithm="es256",
    time_server=None,
):
    """Signs a labelled picture with a C2PA manifest of its record.

    A manifest binds the bytes of the file: sign last. Readers trust it as far
    as they trust the certificate.

    Args:
        path: the labelled picture, .jpg, .png or .webp.
        out: where to write the signed one, another file.
        record: `Record`.
        certificates: PEM file of the certificate and those above it.
        private_key: PEM file of its key.
        algorithm: one of `ALGORITHMS`, that of the key.
        time_server: optional address of a time stamping service, which is
            called.

    Returns:
        `pathlib.Path` of the signed file.

    Raises:
        ImportError: without the extra `provenance`.
        ValueError: if the algorithm is another, or the library refuses file,
            certificate or key.
    """
    library = _library()
    if algorithm not in ALGORITHMS:
        raise ValueError(
            f"`algorithm` must be one of {ALGORITHMS}. "
            f"Received: algorithm={algorithm!r}"
        )
    path, out = pathlib.Path(path), pathlib.Path(out)
    if path.resolve() == out.resolve():
        raise ValueError(
            f"`out` must be another file than `path`. Received: {str(out)!r}"
        )
    # The library takes bytes, whatever it says.
    chain = pathlib.Path(certificates).read_bytes()
    key = pathlib.Path(private_key).read_bytes()
    server = None if time_server is None else time_server.encode()
    manifest = manifest_of(record, path)
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        info = library.C2paSignerInfo(algorithm.encode(), chain, key, server)
        with (
            library.Signer.from_info(info) as signer,
            library.Builder(manifest) as builder,
        ):
            builder.sign_file(str(path), str(out), signer)
    except library.C2paError as error:
        out.unlink(missing_ok=True)
        raise ValueError(
            f"C2PA must be able to sign: {error}. Received: {str(path)!r}"
        ) from error
    return out


def manifest_of(record, path):
    """Returns the manifest of a record, as JSON text."""
    action = (
        "c2pa.created"
        if record.source_type in ("trainedAlgorithmicMedia", "digitalCapture")
        else "c2pa.edited"
    )
    agent, _, version = record.software.rpartition(" ")
    return json.dumps(
        {
            "claim_generator_info": [{"name": agent, "version": version}],
            "title": pathlib.Path(path).name,
            "format": MEDIA_TYPES[_type_of(path)],
            "assertions": [
                {
                    "label": "c2pa.actions",
                    "data": {
                        "actions": [
                            {
                                "action": action,
                                "digitalSourceType": record.uri,
                                "parameters": {"record": record.to_dict()},
                            }
                        ]
                    },
                }
            ],
        }
    )


def _type_of(path):
    return images.read_header(path).file_format.replace("MPO", "JPEG")


def _library():
    try:
        import c2pa
    except ImportError as error:
        raise ImportError(
            "Signing by C2PA needs c2pa-python: pip install "
            "'keras-productgen[provenance]'"
        ) from error
    return c2pa
