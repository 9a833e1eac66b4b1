"""What happens after a restore, move by move: histories that once went wrong."""

import pytest
from msgspec import structs

from sync.chain import stamp_link, stamps_digest
from tests.simulation.disk import Disk
from tests.simulation.promises import stamp_of
from tests.simulation.scene import Scene
from tests.simulation.world import DAY_MS


def test_e3_a_restore_begins_one_epoch_however_many_devices_tell_of_it() -> None:
    scene = Scene()
    scene.sync(scene.clerk)
    backup = scene.state
    scene.write(scene.clerk, fault="甲")
    scene.sync(scene.clerk, scene.technician, scene.department)
    scene.host.put_back(backup, by_command=False)
    scene.sync(scene.clerk, scene.technician, scene.department, scene.clerk, scene.technician, scene.department)
    assert len(scene.state.lineage) == 2


def test_e3_an_epoch_that_a_copy_never_knew_is_remembered_once_it_is_heard_of() -> None:
    scene = Scene()
    scene.sync(scene.clerk, scene.technician)
    backup = scene.state
    scene.host.put_back(backup, by_command=True)
    lost = scene.state.epoch
    scene.write(scene.technician, fault="甲")
    scene.sync(scene.technician, scene.clerk)
    written_there = scene.write(scene.technician, fault="乙")
    scene.host.put_back(backup, by_command=True)
    scene.sync(scene.technician, scene.clerk, scene.technician, scene.clerk)
    assert [link.parent for link in scene.state.lineage if link.epoch == lost] == [None]
    assert len(scene.state.lineage) == 4
    assert written_there not in scene.state.log
    assert {each.verdict for each in scene.state.log.values()} == {"applied"}


def test_h2_what_a_lost_device_had_handed_in_comes_back_from_an_office_and_it_goes_on_if_it_returns() -> None:
    scene = Scene()
    scene.sync(scene.technician, scene.clerk)
    backup = scene.state
    lost = scene.write(scene.technician, fault="甲")
    scene.sync(scene.technician, scene.clerk)
    before = scene.logged(lost)
    scene.host.put_back(backup, by_command=True)
    assert lost not in scene.state.log
    scene.sync(scene.clerk)
    assert stamp_of(scene.logged(lost)) == stamp_of(before)
    assert scene.standing("fault") == {lost}
    scene.sync(scene.technician)
    later = scene.write(scene.technician, fault="乙")
    scene.sync(scene.technician, scene.clerk)
    assert later.actor != lost.actor
    assert scene.standing("fault") == {later}


def test_h1_what_comes_back_is_merged_with_its_own_renaming() -> None:
    scene = Scene()
    scene.sync(scene.technician)
    first = scene.write(scene.technician, fault="甲")
    scene.sync(scene.technician)
    backup = scene.state
    scene.host.put_back(backup, by_command=True)
    scene.technician.disk.rows.clear()
    second = scene.write(scene.technician, fault="乙")
    scene.sync(scene.technician)
    renamed = scene.technician.disk.entries[-1].dot
    scene.host.put_back(backup, by_command=True)
    scene.sync(scene.technician)
    assert second.actor == first.actor != renamed.actor
    assert scene.standing("fault") == {renamed}


FORGED: tuple[dict[str, object], ...] = (
    {"received_at": 2**52, "effective_at": 2**52},
    {"role": "admin"},
    {"position": 10**9},
    {"epoch": "epoch-never"},
)


@pytest.mark.parametrize("resealed", [False, True], ids=["receipt as it was", "receipt rewritten"])
@pytest.mark.parametrize("changed", FORGED, ids=lambda changed: next(iter(changed)))
def test_h1_a_stamp_that_no_receipt_proves_is_not_believed(changed: dict[str, object], *, resealed: bool) -> None:
    scene = Scene()
    scene.sync(scene.technician, scene.clerk)
    backup = scene.state
    dot = scene.write(scene.technician, fault="甲")
    scene.sync(scene.technician)
    scene.host.put_back(backup, by_command=True)
    _forge(scene.technician.disk, changed, resealed=resealed)
    scene.sync(scene.technician, scene.clerk)
    back = scene.logged(dot)
    assert (back.epoch, back.position, back.role) == (scene.state.head.branch, scene.state.position, "technician")
    assert back.effective_at <= back.received_at == scene.host.now - 1_000
    assert scene.standing("fault") == {dot}
    told = next(entry.stamp for entry in scene.technician.disk.entries if entry.dot == dot)
    assert told is not None
    assert structs.astuple(told) == stamp_of(back)


def _forge(disk: Disk, changed: dict[str, object], *, resealed: bool) -> None:
    stamps = [structs.replace(entry.stamp, **changed) for entry in disk.entries if entry.stamp]
    disk.entries = [entry._replace(stamp=stamp) for entry, stamp in zip(disk.entries, stamps, strict=True)]
    if resealed:
        digest = stamps_digest(map(stamp_link, stamps))
        disk.receipts = [structs.replace(receipt, stamps=digest) for receipt in disk.receipts]


def test_h1_what_no_receipt_proves_is_taken_in_as_if_it_had_just_come() -> None:
    scene = Scene()
    scene.sync(scene.technician, scene.clerk)
    backup = scene.state
    proven = scene.write(scene.technician, fault="甲")
    scene.sync(scene.technician)
    unproven = scene.write(scene.technician, action="乙")
    scene.sync(scene.technician)
    first = stamp_of(scene.logged(proven))
    scene.host.put_back(backup, by_command=True)
    scene.technician.disk.receipts.pop()
    scene.sync(scene.technician, scene.clerk)
    assert stamp_of(scene.logged(proven)) == first
    assert scene.logged(unproven).epoch == scene.state.head.branch
    assert (scene.standing("fault"), scene.standing("action")) == ({proven}, {unproven})


def test_h1_a_receipt_of_the_new_time_proves_what_came_back_to_the_next_one() -> None:
    scene = Scene()
    scene.sync(scene.technician)
    backup = scene.state
    dot = scene.write(scene.technician, fault="甲")
    scene.sync(scene.technician)
    scene.technician.disk.receipts.clear()
    branches = []
    for _ in range(2):
        scene.host.put_back(backup, by_command=True)
        scene.sync(scene.technician)
        branches.append(scene.state.head.branch)
    assert scene.logged(dot).epoch == branches[0]
    assert [position.epoch for position in scene.logged(dot).readmitted] == branches[1:]


def test_h1_what_came_back_to_a_server_that_never_knew_its_actor_is_proven_too() -> None:
    scene = Scene()
    backup = scene.state
    dots = [scene.write(scene.technician, fault="甲")]
    scene.sync(scene.technician)
    dots.append(scene.write(scene.technician, fault="乙"))
    scene.sync(scene.technician)
    fixed = [stamp_of(scene.logged(dot)) for dot in dots]
    scene.host.put_back(backup, by_command=True)
    assert dots[0].actor not in scene.state.actors
    scene.sync(scene.technician)
    assert [stamp_of(scene.logged(dot)) for dot in dots] == fixed


def test_p3_a_closed_actor_still_learns_its_stored_verdicts() -> None:
    scene = Scene()
    scene.sync(scene.technician)
    before_the_answer = scene.technician.disk.copy()
    dot = scene.write(scene.technician, fault="甲")
    pending = scene.technician.disk.copy()
    scene.sync(scene.technician)
    pending.marks = before_the_answer.marks
    scene.technician.disk = pending
    scene.host.put_back(scene.state, by_command=True)
    scene.sync(scene.technician)
    stamp = next(entry.stamp for entry in scene.technician.disk.entries if entry.dot == dot)
    assert stamp is not None
    assert (stamp.epoch, stamp.position) == (scene.logged(dot).epoch, scene.logged(dot).position)
    assert list(scene.technician.disk.unstamped()) == []


def test_t1_a_stamp_stays_the_same_through_merging_replaying_and_coming_back() -> None:
    scene = Scene()
    scene.sync(scene.technician, scene.clerk)
    backup = scene.state
    dot = scene.write(scene.technician, fault="甲")
    scene.sync(scene.technician)
    fixed = stamp_of(scene.logged(dot))
    scene.write(scene.clerk, fault="乙")
    scene.sync(scene.clerk, scene.technician)
    assert stamp_of(scene.logged(dot)) == fixed
    scene.host.put_back(backup, by_command=True)
    scene.sync(scene.technician, scene.clerk)
    assert scene.logged(dot).readmitted != ()
    assert stamp_of(scene.logged(dot)) == fixed


def test_t3_a_clock_set_right_makes_nothing_older_than_what_was_seen_before_a_restore() -> None:
    scene = Scene()
    seen = scene.write(scene.clerk, fault="甲")
    scene.sync(scene.clerk)
    scene.host.put_back(scene.state, by_command=True)
    scene.sync(scene.technician)
    scene.technician.skew_ms = -365 * DAY_MS
    dot = scene.write(scene.technician, fault="乙")
    scene.technician.skew_ms = 0
    scene.sync(scene.technician)
    assert scene.logged(dot).effective_at >= scene.logged(seen).received_at
