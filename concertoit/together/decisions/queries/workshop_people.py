"""Who takes part in the table: people with an account and a role that may."""

from concertoit.ground.identity.models import User
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import COCO, TABLE, in_force

ROLES: dict[str, frozenset[Role]] = {"workshop.take_part": TABLE, "review.together": COCO, "review.take_part": TABLE}


def table_users(space: Space, verb: str) -> list[User]:
    """Active accounts of those whose role has this verb in the démarche today."""
    people = Membership.objects.filter(in_force(), space=space, role__in=ROLES[verb]).values("person_id")
    return list(User.objects.filter(person_id__in=people, is_active=True).order_by("pk"))
