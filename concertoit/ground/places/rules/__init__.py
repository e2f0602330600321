"""What codes, postal codes, outlines and addresses must look like, in pure Python."""

from concertoit.ground.places.rules.addresses import (
    Address,
    BadAddress,
    address_line,
    is_numbered,
    read_address,
    street_key,
    unit_key,
)
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
from concertoit.ground.places.rules.towns import postal_code_in, town_in, without_town

__all__ = [
    "Address",
    "BadAddress",
    "NotAnOutline",
    "address_line",
    "decoded_arcs",
    "is_numbered",
    "mamh_code",
    "outline",
    "postal_code",
    "postal_code_in",
    "read_address",
    "sda_code",
    "stitched",
    "street_key",
    "town_in",
    "unit_key",
    "website",
    "without_town",
]
