"""What is said of a picture inside of its file, as XMP."""

import dataclasses
import io
import json
import re
from xml.etree import ElementTree
from xml.sax import saxutils

from PIL import Image

from keras_productgen.images import headers
from keras_productgen.publishing.provenance import aigc as labels
from keras_productgen.publishing.provenance.containers import gif
from keras_productgen.publishing.provenance.containers import mp4

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "TC260": labels.NAMESPACE,
}
# What begins and ends every packet, by the standard.
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_END = '<?xpacket end="w"?>'


@dataclasses.dataclass(frozen=True)
class Packet:
    """The fields of XMP that are written and read here.

    Args:
        source_type: str, address of IPTC's DigitalSourceType, or empty.
        software: str.
        creators: tuple of str.
        rights: str.
        identifier: str, `sha256:` and the digits of the record.
        model: str, the AI system that was used.
        model_version: str.
        aigc: dict of China's label, or None.
    """

    source_type: str = ""
    software: str = ""
    creators: tuple = ()
    rights: str = ""
    identifier: str = ""
    model: str = ""
    model_version: str = ""
    aigc: dict | None = None

    def encode(self):
        """Returns the packet as bytes."""
        parts = [
            _simple("Iptc4xmpExt:DigitalSourceType", self.source_type),
            _simple("xmp:CreatorTool", self.software),
            _listed("dc:creator", "Seq", self.creators),
            _listed("dc:rights", "Alt", filter(None, [self.rights])),
            _simple("dc:identifier", self.identifier),
            _simple("Iptc4xmpExt:AISystemUsed", self.model),
            _simple("Iptc4xmpExt:AISystemVersionUsed", self.model_version),
            _simple("TC260:AIGC", self._aigc_text()),
        ]
        spaces = " ".join(
            f'xmlns:{prefix}="{uri}"'
            for prefix, uri in NAMESPACES.items()
            if prefix != "rdf"
        )
        text = (
            f'{_BEGIN}<x:xmpmeta xmlns:x="adobe:ns:meta/">'
            f'<rdf:RDF xmlns:rdf="{NAMESPACES["rdf"]}">'
            f'<rdf:Description rdf:about="" {spaces}>{"".join(parts)}'
            f"</rdf:Description></rdf:RDF></x:xmpmeta>{_END}"
        )
        return text.encode()

    def _aigc_text(self):
        if self.aigc is None:
            return ""
        return json.dumps(self.aigc, ensure_ascii=False, separators=(",", ":"))


def _simple(name, value):
    return f"<{name}>{_escaped(value)}</{name}>" if value else ""


def _listed(name, kind, values):
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    rows = [f"<rdf:li{language}>{_escaped(v)}</rdf:li>" for v in values]
    if not rows:
        return ""
    return f"<{name}><rdf:{kind}>{''.join(rows)}</rdf:{kind}></{name}>"


def _escaped(value):
    # XML has no place for control characters.
    return saxutils.escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", value))


def parse(data):
    """Returns the `Packet` of a file's XMP; one without fields of broken XMP.

    Args:
        data: bytes or str, or None.
    """
    if not data:
        return Packet()
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    # Entities can make a few bytes grow without end.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return Packet()
    try:
        root = ElementTree.fromstring(text.strip("\x00\ufeff \n\r\t"))
    except ElementTree.ParseError:
        return Packet()
    return Packet(
        source_type=_first(root, "Iptc4xmpExt", "DigitalSourceType"),
        software=_first(root, "xmp", "CreatorTool"),
        creators=tuple(_values(root, "dc", "creator")),
        rights=_first(root, "dc", "rights"),
        identifier=_first(root, "dc", "identifier"),
        model=_first(root, "Iptc4xmpExt", "AISystemUsed"),
        model_version=_first(root, "Iptc4xmpExt", "AISystemVersionUsed"),
        aigc=labels.read_aigc(_first(root, "TC260", "AIGC")),
    )


def _first(root, prefix, name):
    return next(_values(root, prefix, name), "")


def _values(root, prefix, name):
    """Values of a field: an attribute, an element's text, or a list's rows."""
    tag = f"{{{NAMESPACES[prefix]}}}{name}"
    rdf = f"{{{NAMESPACES['rdf']}}}"
    for element in root.iter():
        if tag in element.attrib:
            yield element.attrib[tag].strip()
        if element.tag != tag:
            continue
        resource = element.attrib.get(f"{rdf}resource")
        rows = [row.text for row in element.iter(f"{rdf}li")]
        for value in [resource, element.text, *rows]:
            if value and value.strip():
                yield value.strip()


def xmp_of(data):
    """The XMP of a picture's or a film's bytes, or None."""
    if mp4.is_mp4(data):
        return mp4.xmp_of(data)
    if gif.is_gif(data):
        return gif.xmp_of(data)
    with (
        headers.refusing(data),
        Image.open(io.BytesIO(data), formats=headers.FORMATS) as picture,
    ):
        # PNG's lies behind the pixels at times.
        if picture.format == "PNG":
            picture.load()
        return picture.info.get("xmp")
