"""What may come in, under which name, and what pictures no longer tell."""

import io
import struct
import zipfile
import zlib

import docx
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.files.rules import Refused, clean_name, media_type, without_metadata
from concertoit.ground.files.rules.names import LONGEST

GPS = b"45.7 N 73.4 O"


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, content in members.items():
            written.writestr(name.replace("__", "/").replace("TYPES", "[Content_Types].xml"), content)
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def excel() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet()
    return out.getvalue()


def jpeg(orientation: int = 1, order: str = ">") -> bytes:
    mark = b"MM\x00*" if order == ">" else b"II*\x00"
    tiff = mark + struct.pack(f"{order}IH", 8, 1) + struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\x00\x00" + tiff + GPS
    segments = [(0xE0, b"JFIF\x00"), (0xE1, exif), (0xED, GPS), (0xFE, GPS), (0xDB, b"table")]
    body = b"".join(bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data for marker, data in segments)
    return b"\xff\xd8" + body + b"\xff\xda\x00\x04\x00\x00pixels\xff\xd9"


def png() -> bytes:
    chunks = [(b"IHDR", b"head"), (b"tEXt", GPS), (b"eXIf", GPS), (b"IDAT", b"pixels"), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body + GPS


def webp() -> bytes:
    chunks = [(b"VP8X", b"\x0c" + bytes(9)), (b"VP8 ", b"pixel"), (b"EXIF", GPS), (b"XMP ", GPS)]
    body = b"WEBP" + b"".join(
        name + struct.pack("<I", len(data)) + data + b"\x00" * (len(data) % 2) for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


ODT = archive(mimetype=b"application/vnd.oasis.opendocument.text", content=b"x")
ODS = archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"%PDF-1.7 ...", "a.pdf", "application/pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "A.PDF", "application/pdf"),
        (jpeg(), "photo.JPEG", "image/jpeg"),
        (png(), "a.png", "image/png"),
        (webp(), "a.webp", "image/webp"),
        (word(), "a.docx", "vnd.openxmlformats-officedocument.wordprocessingml"),
        (excel(), "a.xlsx", "vnd.openxmlformats-officedocument.spreadsheetml"),
        (ODT, "a.odt", "application/vnd.oasis.opendocument.text"),
        (ODS, "a.ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("été;hiver\n".encode(), "a.csv", "text/csv"),
        ("été".encode("cp1252"), "a.txt", "text/plain"),
        (b"# Titre", "a.md", "text/markdown"),
    ],
)
def test_allowed(content: bytes, name: str, expected: str) -> None:
    assert expected in media_type(content, name)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"MZ\x90\x00\x03", "a.exe", "unknown"),
        (b"MZ\x90\x00\x03", "a.txt", "unknown"),
        (b"<html>", "a.html", "unknown"),
        (b"<svg/>", "a.svg", "unknown"),
        (b"texte", "sans-extension", "unknown"),
        (png(), "a.pdf", "mismatch"),
        (word(), "a.xlsx", "mismatch"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"x", "a.docx", "old_office"),
        (b"\x00\x00\x00\x18ftypheic", "a.jpg", "heic"),
        (word()[:200], "a.docx", "broken"),
        (archive(readme=b"x"), "a.docx", "unknown"),
        (archive(TYPES=b"<Types/>", other=b"x"), "a.docx", "unknown"),
        (archive(mimetype=b"application/epub+zip"), "a.odt", "unknown"),
        (archive(TYPES=b"macroEnabled", word__document=b""), "a.docx", "macro"),
        (archive(TYPES=b"", **{"word__document.xml": b"", "word__vbaProject.bin": b""}), "a.docx", "macro"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text", Basic__x=b""), "a.odt", "macro"),
        (archive(mimetype=b"x" * 2_000_000), "a.odt", "unknown"),
    ],
)
def test_refused(content: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        media_type(content, name)
    assert refusal.value.code == code


@given(
    st.binary(max_size=300), st.sampled_from(["", "%PDF-", "PK\x03\x04", "\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "RIFF"])
)
def test_no_content_breaks_the_check(content: bytes, start: str) -> None:
    for name in ("a.pdf", "a.docx", "a.jpg", "a.png", "a.webp", "a.txt"):
        try:
            without_metadata(start.encode("latin-1") + content, media_type(start.encode("latin-1") + content, name))
        except Refused:
            continue


@pytest.mark.parametrize(("content", "media"), [(jpeg(), "image/jpeg"), (png(), "image/png"), (webp(), "image/webp")])
def test_pictures_keep_their_pixels_and_tell_nothing_else(content: bytes, media: str) -> None:
    clean = without_metadata(content, media)
    assert GPS in content
    assert GPS not in clean
    assert b"pixel" in clean
    assert without_metadata(clean, media) == clean


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_stays_upright(order: str) -> None:
    clean = without_metadata(jpeg(6, order), "image/jpeg")
    assert GPS not in clean
    assert b"Exif\x00\x00" in clean
    assert without_metadata(clean, "image/jpeg") == clean
    assert b"Exif" not in without_metadata(jpeg(1), "image/jpeg")


def added(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def test_a_second_picture_after_the_first_goes_with_its_place() -> None:
    """Telephones write a depth map or a wider view after the end, with its own Exif."""
    clean = without_metadata(jpeg() + jpeg(6), "image/jpeg")
    assert GPS not in clean
    assert clean.count(b"pixels") == 1
    assert clean.endswith(b"\xff\xd9")


@pytest.mark.parametrize("marker", [0xE0, 0xE1, 0xE2, 0xE3, 0xE5, 0xEB, 0xEC, 0xED, 0xEE, 0xEF, 0xFE])
def test_what_applications_add_goes_wherever_they_put_it(marker: int) -> None:
    """Content credentials (APP11), makers' notes, a list of other pictures (APP2), also between two scans."""
    whole = jpeg()
    start, end = whole[:2] + added(marker, b"any" + GPS) + whole[2:-2], added(marker, b"\0\0any" + GPS) + whole[-2:]
    clean = without_metadata(start + end, "image/jpeg")
    assert GPS not in clean
    assert b"pixels" in clean


@pytest.mark.parametrize("name", [b"caBX", b"vpAg", b"prVt", b"eXIf"])
def test_a_chunk_that_draws_nothing_goes(name: bytes) -> None:
    whole = png()
    chunk = struct.pack(">I", len(GPS)) + name + GPS + struct.pack(">I", zlib.crc32(name + GPS))
    assert GPS not in without_metadata(whole[:8] + chunk + whole[8:], "image/png")
    assert GPS not in without_metadata(webp() + name + struct.pack("<I", len(GPS)) + GPS + b"\0", "image/webp")


def test_every_kind_of_picture_is_drawn_as_before() -> None:
    """Colours, transparency, progressive scans and animations are what they were."""
    from PIL import Image

    noise = Image.effect_noise((64, 48), 60).convert("RGB")
    frames = [Image.new("RGB", (8, 6), colour) for colour in ("red", "blue")]
    saved = [
        (noise, "jpeg", {"progressive": True, "quality": 95}), (noise, "jpeg", {"restart_marker_blocks": 1}),
        (noise.convert("CMYK"), "jpeg", {}), (noise.convert("P"), "png", {"transparency": 3}),
        (noise.convert("RGBA"), "webp", {"lossless": True}),
        (frames[0], "webp", {"save_all": True, "append_images": frames[1:]}),
        (frames[0], "png", {"save_all": True, "append_images": frames[1:]}),
    ]  # fmt: skip
    for picture, kind, options in saved:
        out = io.BytesIO()
        picture.save(out, kind, **options)
        with (
            Image.open(out) as before,
            Image.open(io.BytesIO(without_metadata(out.getvalue(), f"image/{kind}"))) as now,
        ):
            assert getattr(now, "n_frames", 1) == getattr(before, "n_frames", 1)
            assert now.convert("RGBA").tobytes() == before.convert("RGBA").tobytes(), (kind, options)


def test_a_real_picture_is_still_one() -> None:
    from PIL import Image

    for kind in ("jpeg", "png", "webp"):
        out = io.BytesIO()
        exif = Image.Exif()
        exif[0x0112], exif[0x010E] = 6, "secret"
        Image.new("RGB", (8, 6), "red").save(out, kind, exif=exif)
        clean = without_metadata(out.getvalue(), f"image/{kind}")
        assert b"secret" not in clean
        with Image.open(io.BytesIO(clean)) as picture:
            picture.load()
            assert picture.size == (8, 6)
            assert picture.getexif().get(0x0112, 1) == (6 if kind == "jpeg" else 1)


@pytest.mark.parametrize(("content", "media"), [(jpeg()[:40], "image/jpeg"), (png()[:30], "image/png")])
def test_a_cut_picture_is_refused(content: bytes, media: str) -> None:
    with pytest.raises(Refused):
        without_metadata(content, media)


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("Plan d’action.PDF", "Plan d’action.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Mes documents\\a b.docx", "a b.docx"),
        ("a\u202etxt.exe", "atxt.exe"),
        ("  .caché.txt ", "caché.txt"),
        ('a<b>:"|?*.txt', "a-b------.txt"),
        ("e\u0301te\u0301\n\t2.csv", "été 2.csv"),
        ("", "fichier"),
        ("...", "fichier"),
    ],
)
def test_names(written: str, clean: str) -> None:
    assert clean_name(written) == clean


@given(st.text(max_size=300))
def test_names_are_always_safe_and_stable(written: str) -> None:
    clean = clean_name(written)
    assert clean
    assert len(clean) <= LONGEST
    assert not set(clean) & set('/\\<>:"|?*\x00')
    assert clean_name(clean) == clean
