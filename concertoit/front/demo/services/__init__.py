"""The example region: built, and built again, by the same services that people use."""

from concertoit.front.demo.services.build import build

__all__ = ["build"]
