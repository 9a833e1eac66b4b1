"""A unit's usual week as its commands are told it."""

from schemas.rules.arrival import USUAL_HOURS

WEEK = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), USUAL_HOURS) | {
    "saturday": "",
    "sunday": "",
}
"""What counts for a unit for which nobody has set anything."""
