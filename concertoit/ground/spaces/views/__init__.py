"""Pages of démarches."""

from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space

__all__ = ["SpaceRequest", "attempt", "in_space"]
