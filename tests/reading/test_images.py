"""The sizes of images: right, or none."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.reading.images import image_size, size_in


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">LL", width, height) + b"\x08\x06" * 5


def jpeg(width: int, height: int, orientation: int = 1, filler: int = 0) -> bytes:
    entry = struct.pack(">HHLHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", 1) + entry
    segments = [b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif]
    segments += [b"\xff\xe2\xff\xff" + bytes(0xFFFD)] * filler
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes(9)
    return b"\xff\xd8" + b"".join(segments) + b"\xff\xc0\0\x11" + frame + b"\xff\xda"


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content) + 8) + kind + content


def avif(width: int, height: int) -> bytes:
    extent = box(b"ispe", bytes(4) + struct.pack(">LL", width, height))
    association = box(b"ipma", struct.pack(">LLHBB", 0, 1, 1, 1, 1))
    properties = box(b"iprp", box(b"ipco", extent) + association)
    meta = box(b"meta", bytes(4) + box(b"pitm", struct.pack(">LH", 0, 1)) + properties)
    return box(b"ftyp", b"avif" + bytes(4)) + meta


PICTURES = {
    "png": png(640, 480),
    "gif": b"GIF89a" + struct.pack("<HH", 640, 480) + bytes(10),
    "bmp": b"BM" + bytes(16) + struct.pack("<ll", 640, -480) + bytes(10),
    "webp": b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x7f\x02\0\xdf\x01\0",
    "jpeg": jpeg(640, 480),
    "jpeg taken upright": jpeg(480, 640, orientation=6),
    "jpeg behind much metadata": jpeg(640, 480, filler=3),
    "avif": avif(640, 480),
    "svg": b'<svg width="640" height="480"/>',
    "svg in pixels": b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg width="640px" height=" 480.0px "/>',
    "svg with a prefix": b'<s:svg xmlns:s="http://www.w3.org/2000/svg" width="640" height="480">',
    "svg behind a comment": b"<!-- <svg width='1' height='1'/> --><svg width='640' height='480'/>",
}


@pytest.mark.parametrize("data", PICTURES.values(), ids=PICTURES.keys())
def test_an_images_size_is_read(data: bytes) -> None:
    assert size_in(data) == (640, 480)


UNKNOWN = {
    "nothing": b"",
    "text": b"An image.",
    "a page": b"<html><svg width='1' height='1'/></html>",
    "a drawing as large as its place": b'<svg width="100%" height="100%" viewBox="0 0 6 4"/>',
    "a drawing with a view box only": b'<svg viewBox="0 0 6 4"><rect width="5" height="5"/></svg>',
    "a size from an entity": b'<!DOCTYPE s [<!ENTITY a "9">]><svg width="&a;" height="&a;"/>',
    "no width": png(0, 480),
    "larger than anything": png(640, 2**31),
    "cut off": png(640, 480)[:18],
    "a format that no browser shows": b"P6 640 480 255\n",
}


@pytest.mark.parametrize("data", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_a_size_that_cannot_be_told_is_none(data: bytes) -> None:
    assert size_in(data) is None


@given(st.sampled_from([*PICTURES.values(), b"<svg", b"\xff\xd8"]), st.binary(max_size=80))
def test_no_file_is_too_strange(start: bytes, rest: bytes) -> None:
    for cut in (4, 12, 20, len(start)):
        size = size_in(start[:cut] + rest)
        assert size is None or min(size) > 0


def test_a_file_is_read_again_when_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(png(640, 480))
    assert image_size(file, tmp_path) == (640, 480)
    file.write_bytes(png(64, 48) + b" ")
    assert image_size(file, tmp_path) == (64, 48)


def test_nothing_outside_of_the_folder_is_read(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (tmp_path / "secret.png").write_bytes(png(640, 480))
    (docs / "link.png").symlink_to(tmp_path / "secret.png")
    (docs / "loop.png").symlink_to(docs / "loop.png")
    (docs / "inside.png").write_bytes(png(6, 4))
    (docs / "other.png").symlink_to(docs / "inside.png")
    for name in ("link.png", "loop.png", "../secret.png", "missing.png", "", "a\0b"):
        assert image_size(docs / name, docs) is None
    assert image_size(docs / "other.png", docs) == (6, 4)
