"""Writes of the territory: official codes, directory, outlines; buildings and dwellings."""

from concertoit.ground.places.importers import MunicipalityFacts
from concertoit.ground.places.services.buildings import Place, dwelling_of, find_or_create_place, understood
from concertoit.ground.places.services.territory import Loaded, load_boundaries, load_municipalities, load_reference

__all__ = [
    "Loaded",
    "MunicipalityFacts",
    "Place",
    "dwelling_of",
    "find_or_create_place",
    "load_boundaries",
    "load_municipalities",
    "load_reference",
    "understood",
]
