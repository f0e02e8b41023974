"""A certificate authority of the tests' own, and certificates for the servers on this machine."""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Authority:
    """Issues certificates for localhost; `file` is what a client must trust."""

    def __init__(self, folder: Path) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name("mailflow tests")
        self.file = folder / "ca.pem"
        self.file.write_bytes(self._sign(self._key, self._name, valid_until=_days(30), is_ca=True))

    def issue(
        self, folder: Path, *, days: float = 30, host: str = "localhost"
    ) -> tuple[Path, Path]:
        """Write cert.pem and key.pem; negative `days` make a certificate that has expired."""
        key = ec.generate_private_key(ec.SECP256R1())
        cert_file, key_file = folder / "cert.pem", folder / "key.pem"
        cert_file.write_bytes(
            self._sign(key, _name(host), valid_until=_days(days), is_ca=False, host=host)
        )
        key_file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return cert_file, key_file

    def _sign(
        self,
        key: ec.EllipticCurvePrivateKey,
        subject: x509.Name,
        *,
        valid_until: datetime,
        is_ca: bool,
        host: str = "",
    ) -> bytes:
        address = [x509.IPAddress(IPv4Address("127.0.0.1"))] if host == "localhost" else []
        names = x509.SubjectAlternativeName([x509.DNSName(host), *address])
        issuer_key = x509.SubjectKeyIdentifier.from_public_key(self._key.public_key())
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(valid_until - timedelta(days=60))
            .not_valid_after(valid_until)
            .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_key),
                critical=False,
            )
        )
        if is_ca:
            usage = x509.KeyUsage(
                digital_signature=False, content_commitment=False, key_encipherment=False,
                data_encipherment=False, key_agreement=False, key_cert_sign=True,
                crl_sign=True, encipher_only=False, decipher_only=False,
            )  # fmt: skip
            builder = builder.add_extension(usage, critical=True)
        else:
            builder = builder.add_extension(names, critical=False)
        signed = builder.sign(self._key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.PEM)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _days(days: float) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)
