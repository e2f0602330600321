"""Pictures without what they tell behind one's back: where, when, with whose telephone. Pixels are not touched.

What is not needed to draw the picture is left out, known or not: a list of what is dropped would be one maker late.
A telephone also writes a second picture after the end of the first, with the same data on where it was: it goes too.
"""

import struct
from collections.abc import Iterator

from concertoit.ground.files.rules.content import Refused

# JPEG: of what applications add (APP0 to APP15) and comments, the density, the colours and how they are stored stay.
_JPEG_ADDED = {*range(0xE0, 0xF0), 0xFE}
_JPEG_KEPT = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
_JPEG_SCAN, _JPEG_END = 0xDA, 0xD9
_JPEG_INSIDE = {0x00, *range(0xD0, 0xD8)}  # in a scan, these follow 0xFF without being a marker of another segment
# PNG: critical chunks begin with a capital; of the others, colours, transparency and animation stay.
_PNG_KEPT = {
    b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs", b"bKGD", b"hIST", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_WEBP_FLAGS = 0x08 | 0x04
_ORIENTATION = 0x0112


def without_metadata(content: bytes, media_type: str) -> bytes:
    """The same picture; other types come back as they are. Raises ``Refused("broken")`` for what cannot be read."""
    clean = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}.get(media_type)
    if clean is None:
        return content
    try:
        return clean(content)
    except (struct.error, IndexError, ValueError) as error:
        raise Refused("broken") from error


def _jpeg(content: bytes) -> bytes:
    kept, orientation = [content[:2]], 1
    for marker, segment in _segments(content):
        if marker == 0xE1 and segment[4:10] == b"Exif\x00\x00":
            orientation = _orientation(segment[10:])
        known = _JPEG_KEPT.get(marker)
        if marker not in _JPEG_ADDED or (known and segment[4:].startswith(known)):
            kept.append(segment)
    if 2 <= orientation <= 8:  # how the telephone was held is needed to show the picture upright
        kept.insert(1, _exif(orientation))
    return b"".join(kept)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment, up to the end of the picture; a scan comes with its pixels."""
    position = 2
    while True:
        if content[position] != 0xFF:
            raise ValueError("no marker")
        marker = content[position + 1]
        if marker == 0xFF:  # padding before a marker
            position += 1
            continue
        if marker == _JPEG_END:
            yield marker, content[position : position + 2]
            return
        (length,) = struct.unpack_from(">H", content, position + 2)
        end = position + 2 + length
        if length < 2 or end > len(content):
            raise ValueError("cut")
        if marker == _JPEG_SCAN:
            end = _end_of_scan(content, end)
        yield marker, content[position:end]
        position = end
        if position >= len(content):  # a telephone that was cut wrote no end: what is there is shown
            return


def _end_of_scan(content: bytes, position: int) -> int:
    """Where the pixels of a scan end: at a marker, or with the file."""
    while True:
        position = content.find(b"\xff", position)
        if position < 0 or position + 1 >= len(content):
            return len(content)
        if content[position + 1] not in _JPEG_INSIDE and content[position + 1] != 0xFF:
            return position
        position += 1 if content[position + 1] == 0xFF else 2


def _orientation(tiff: bytes) -> int:
    """The orientation that Exif declares, or 1."""
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for entry in range(count):
            tag, __, __, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * entry)
            if tag == _ORIENTATION:
                return int(value)
    except (KeyError, struct.error):
        pass
    return 1


def _exif(orientation: int) -> bytes:
    """An Exif segment that tells the orientation and nothing else."""
    tiff = b"MM\x00*\x00\x00\x00\x08" + struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(content: bytes) -> bytes:
    kept, position = [content[:8]], 8
    while position < len(content):
        (length,) = struct.unpack_from(">I", content, position)
        name, end = content[position + 4 : position + 8], position + 12 + length
        if end > len(content):
            raise ValueError("cut")
        if name[:1].isupper() or name in _PNG_KEPT:
            kept.append(content[position:end])
        position = end
        if name == b"IEND":  # what follows the end is not a picture
            break
    return b"".join(kept)


def _webp(content: bytes) -> bytes:
    kept, position = [], 12
    while position + 8 <= len(content):
        name = content[position : position + 4]
        (length,) = struct.unpack_from("<I", content, position + 4)
        end = position + 8 + length + length % 2
        if position + 8 + length > len(content):
            raise ValueError("cut")
        chunk = content[position:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS]) + chunk[9:]
        if name in _WEBP_KEPT:
            kept.append(chunk)
        position = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
