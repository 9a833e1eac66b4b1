"""Which grants let somebody be what they say for good: the others end by themselves (ADR 41)."""

from schemas.kinds.people import RoleGrant


def lasts(grant: RoleGrant) -> bool:
    """Tell whether somebody has a role until it is taken from him, and not only while he acts for another one."""
    return grant.ended_at is None and grant.until_at is None
