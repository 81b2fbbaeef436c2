"""Pictures of two points in one colour, and what can stand in a picture unseen."""

from __future__ import annotations

import zlib
from base64 import b64decode

RED = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGM8wcDAwMAAAAS+AMq34uUzAAAAAElFTkSuQmCC"
)
BLUE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGNkYDjBwMAAAAMuAMrJQvQuAAAAAElFTkSuQmCC"
)
JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1td"
    "hbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk"
    "pKSkpKSkpKSkpKSkpKSkpKSkpKT/wgARCAABAAIDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAVAQEB"
    "AAAAAAAAAAAAAAAAAAADBP/aAAwDAQACEAMQAAABlBXf/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABBQJ//8QA"
    "FBEBAAAAAAAAAAAAAAAAAAAAAP/aAAgBAwEBPwF//8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAgBAgEBPwF//8QAFBAB"
    "AAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAGPwJ//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPyF//9oADAMBAAIA"
    "AwAAABAH/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAgBAwEBPxB//8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAgBAgEB"
    "PxB//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxB//9k="
)
WEBP = b64decode("UklGRjQAAABXRUJQVlA4ICgAAACQAQCdASoCAAEABABoJaACdLoAA5gA/u4KZw2qsrb/5Z/5/fF3uYAA")
LOSSLESS = b64decode("UklGRhwAAABXRUJQVlA4TA8AAAAvAQAAAAcQRY7+ByKi/wEA")
ICON = b64decode(
    "AAABAAEAAgEAAAAAIABIAAAAFgAAAIlQTkcNChoKAAAADUlIRFIAAAACAAAAAQgCAAAAe0Do3QAAAA9JREFUeJxjPMHA"
    "wMDAAAAEvgDKt+LlMwAAAABJRU5ErkJggg=="
)
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0"/></svg>\n'


def png_with(name: bytes, content: bytes) -> bytes:
    """A PNG with one more part before its end."""
    part = len(content).to_bytes(4, "big") + name + content
    checked = part + zlib.crc32(name + content).to_bytes(4, "big")
    return RED[:-12] + checked + RED[-12:]


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it has so many points."""
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + RED[24:29]
    return RED[:12] + head + zlib.crc32(head).to_bytes(4, "big") + RED[33:]


def jpeg_with(kind: int, content: bytes) -> bytes:
    """A JPEG with one more part behind its beginning."""
    return (
        JPEG[:2] + bytes([0xFF, kind]) + (len(content) + 2).to_bytes(2, "big") + content + JPEG[2:]
    )


def webp_with(name: bytes, content: bytes) -> bytes:
    """A WebP with one more part at its end."""
    parts = WEBP[8:] + name + len(content).to_bytes(4, "little") + content
    return b"RIFF" + len(parts).to_bytes(4, "little") + parts
