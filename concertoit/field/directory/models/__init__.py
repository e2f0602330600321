"""Organisations' services as people look for them, after HSDS 3.0."""

from concertoit.field.directory.models.exchanges import ConfirmationAsk, DirectoryImport
from concertoit.field.directory.models.services import (
    Attribute,
    Listing,
    Part,
    Provider,
    Service,
    Taxonomy,
    TaxonomyTerm,
)

__all__ = [
    "Attribute",
    "ConfirmationAsk",
    "DirectoryImport",
    "Listing",
    "Part",
    "Provider",
    "Service",
    "Taxonomy",
    "TaxonomyTerm",
]
