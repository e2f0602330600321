"""What may come in: content, names, metadata of pictures. Pure."""

from concertoit.ground.files.rules.content import ACCEPT, Refused, media_type
from concertoit.ground.files.rules.metadata import without_metadata
from concertoit.ground.files.rules.names import clean_name

__all__ = ["ACCEPT", "Refused", "clean_name", "media_type", "without_metadata"]
