"""Organisations' services as people look for them, after HSDS 3.0."""

from concertoit.field.directory.models.services import Service

__all__ = ["Service"]
