"""Marks: what they tell of a log to one that does not have it, and that they stay one line."""

import msgspec

from schemas.protocol import EpochLink
from schemas.scalars import SHORT_TEXT_MAX
from server.exchange.marks import Mark, branches_told, mark_at, read_mark, write_mark
from server.platform.ambient import RealAmbient, new_id, new_short_id
from server.platform.keys import ServerKeys
from server.records.branches import closed, epochs_of, with_learnt
from server.records.ledger import Head

AMBIENT = RealAmbient()
KEYS = ServerKeys(bytes(32), bytes(32), bytes(32))
COMPANY, EPOCH, SCOPE = new_id(AMBIENT), new_id(AMBIENT), "0123456789abcdef"


def head_after(starts: int) -> Head:
    """A log under which something was committed after each of its starts."""
    names = [EPOCH, *(new_short_id(AMBIENT) for _ in range(starts))]
    branches = tuple(EpochLink(name, names[n], 1_000 * n) for n, name in enumerate(names[1:]))
    return Head(EPOCH, 1_000 * starts, (EpochLink(EPOCH, None, 0),), names[-1], 0, branches)


def told(head: Head, scope: str) -> list[EpochLink]:
    token = write_mark(KEYS, mark_at(head, Mark(COMPANY, head.incarnation, head.epoch, head.position, scope, 2)))
    assert len(token) <= SHORT_TEXT_MAX
    mark = read_mark(KEYS, COMPANY, token)
    assert mark is not None
    return list(branches_told(mark))


def test_e3_a_mark_tells_as_many_steps_of_its_past_as_one_line_holds() -> None:
    head = head_after(50)
    steps = head.branches[::-1]
    for scope, count in (("", 3), (SCOPE, 2)):
        *links, first = told(head, scope)
        assert (links, first) == (list(steps[:count]), EpochLink(steps[count].epoch, None, 0))


def test_e3_a_mark_of_a_first_start_tells_its_epoch() -> None:
    head = head_after(1)
    assert told(head, SCOPE) == [head.branches[0], EpochLink(EPOCH, None, 0)]


def test_e3_a_mark_of_an_older_version_tells_nothing_of_its_past() -> None:
    payload = msgspec.json.encode([COMPANY, "incarnation-one", EPOCH, 7, "", 2])
    mark = read_mark(KEYS, COMPANY, KEYS.authenticate(payload))
    assert mark == Mark(COMPANY, "incarnation-one", EPOCH, 7, "", 2)
    assert list(branches_told(mark)) == []


def test_e3_of_two_marks_the_one_that_knows_more_of_a_branch_is_believed() -> None:
    here, lost = head_after(2), EpochLink("start-lost", EPOCH, 900)
    known = with_learnt(here, [lost, EpochLink("start-lost", None, 0)])
    assert known == with_learnt(here, [EpochLink("start-lost", None, 0), lost]) == (lost, *here.branches)


def test_e3_a_branch_whose_past_nobody_told_is_closed_and_of_no_epoch() -> None:
    here = head_after(2)
    links = closed(here, ["start-lost", here.branch, EPOCH, "start-lost"])
    assert links == [EpochLink("start-lost", None, 0)]
    head = Head(here.epoch, here.position, here.lineage, here.incarnation, 0, with_learnt(here, links))
    assert epochs_of(head) == {EPOCH: EPOCH} | {link.epoch: EPOCH for link in here.branches}
