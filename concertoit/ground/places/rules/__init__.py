"""What codes, postal codes, outlines and addresses must look like, in pure Python."""

from concertoit.ground.places.rules.addresses import Address, BadAddress, read_address, street_key, unit_key
from concertoit.ground.places.rules.territory import (
    NotAnOutline,
    decoded_arcs,
    mamh_code,
    outline,
    postal_code,
    sda_code,
    stitched,
    website,
)

__all__ = [
    "Address",
    "BadAddress",
    "NotAnOutline",
    "decoded_arcs",
    "mamh_code",
    "outline",
    "postal_code",
    "read_address",
    "sda_code",
    "stitched",
    "street_key",
    "unit_key",
    "website",
]
