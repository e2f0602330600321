"""Pages of démarches."""

from concertoit.ground.spaces.views.access import SpaceRequest, in_space

__all__ = ["SpaceRequest", "in_space"]
