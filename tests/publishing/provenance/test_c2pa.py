"""Manifests, read back by C2PA's own reader."""

import datetime
import json

import numpy as np
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.oid import NameOID

from keras_productgen import publishing

c2pa = pytest.importorskip("c2pa", reason="needs the extra `provenance`")
PEM = serialization.Encoding.PEM


def named(name):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Shop"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def certificate(name, key, issuer, issuer_key):
    """A certificate as C2PA's profile asks for, which it is strict about."""
    now = datetime.datetime.now(datetime.UTC)
    root = name == issuer
    usage = dict.fromkeys(
        (
            "content_commitment key_encipherment data_encipherment "
            "key_agreement encipher_only decipher_only"
        ).split(),
        False,
    )
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(
        issuer_key.public_key()
    )
    builder = (
        x509.CertificateBuilder(named(issuer), named(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(root, None), True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                key_cert_sign=root,
                crl_sign=root,
                **usage,
            ),
            True,
        )
        .add_extension(above, False)
    )
    if not root:
        mail = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(mail, False)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(PEM)


@pytest.fixture(scope="module")
def credentials(tmp_path_factory):
    folder = tmp_path_factory.mktemp("credentials")
    root, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    chain = certificate("shop", own, "root", root)
    chain += certificate("root", root, "root", root)
    (folder / "chain.pem").write_bytes(chain)
    (folder / "key.pem").write_bytes(
        own.private_bytes(
            PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "chain.pem", folder / "key.pem"


def labelled(path):
    picture = np.random.default_rng(0).integers(0, 256, (48, 64, 3), np.uint8)
    record = publishing.record("trainedAlgorithmicMedia", "Shop", seed=7)
    return publishing.label(picture, path, record).record


def read(path):
    with c2pa.Reader(str(path)) as reader:
        return reader.get_validation_state(), json.loads(reader.json())


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_readers_find_the_record_and_changes(suffix, credentials, tmp_path):
    path, signed = tmp_path / f"a{suffix}", tmp_path / f"new/signed{suffix}"
    record = labelled(path)
    assert not publishing.verify(path).c2pa
    assert publishing.sign_c2pa(path, signed, record, *credentials) == signed
    state, found = read(signed)
    assert state == "Valid"
    manifest = found["manifests"][found["active_manifest"]]
    assert manifest["signature_info"]["common_name"] == "shop"
    (actions,) = manifest["assertions"]
    (action,) = actions["data"]["actions"]
    assert action["action"] == "c2pa.created"
    assert action["digitalSourceType"].endswith("/trainedAlgorithmicMedia")
    assert action["parameters"]["record"]["seed"] == 7
    seen = publishing.verify(signed)
    assert seen.c2pa and seen.source_type == "trainedAlgorithmicMedia"

    data = bytearray(signed.read_bytes())
    data[-60] ^= 1
    signed.write_bytes(data)
    assert read(signed)[0] == "Invalid"


def test_a_key_of_another_certificate_is_refused(credentials, tmp_path):
    record = labelled(tmp_path / "a.jpg")
    other = ec.generate_private_key(ec.SECP384R1()).private_bytes(
        PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (tmp_path / "other.pem").write_bytes(other)
    signed = tmp_path / "signed.jpg"
    with pytest.raises(ValueError, match="C2PA must be able to sign"):
        publishing.sign_c2pa(
            tmp_path / "a.jpg",
            signed,
            record,
            credentials[0],
            tmp_path / "other.pem",
        )
    assert not signed.exists()
