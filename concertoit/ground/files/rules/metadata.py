"""Pictures without what they tell behind one's back: where, when, with whose telephone. Pixels are not touched."""

import struct
from collections.abc import Iterator

from concertoit.ground.files.rules.content import Refused

# JPEG: Exif and XMP (APP1), Photoshop and IPTC (APP13), comments.
_JPEG_DROPPED = {0xE1, 0xED, 0xFE}
_JPEG_SCAN = 0xDA
_PNG_DROPPED = {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}
_WEBP_DROPPED = {b"EXIF", b"XMP "}
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
        if marker not in _JPEG_DROPPED:
            kept.append(segment)
    if 2 <= orientation <= 8:  # how the telephone was held is needed to show the picture upright
        kept.insert(1, _exif(orientation))
    return b"".join(kept)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment; the last is everything from the scan to the end."""
    position = 2
    while True:
        if content[position] != 0xFF:
            raise ValueError("no marker")
        marker = content[position + 1]
        if marker == _JPEG_SCAN:
            yield marker, content[position:]
            return
        (length,) = struct.unpack_from(">H", content, position + 2)
        end = position + 2 + length
        if length < 2 or end > len(content):
            raise ValueError("cut")
        yield marker, content[position:end]
        position = end


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
        if name not in _PNG_DROPPED:
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
        if name not in _WEBP_DROPPED:
            kept.append(chunk)
        position = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
