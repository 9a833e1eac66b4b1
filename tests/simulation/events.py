"""What may happen in a step: somebody works, something fails, the office decides."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from schemas.protocol import SCHEMA
from tests.simulation import commands
from tests.simulation.faults import Fault, Outcome
from tests.simulation.history import Event
from tests.simulation.people import PEOPLE, UNITS
from tests.simulation.world import DAY_MS, FORTNIGHT_MS, Device, World
from tests.simulation.writing import ACTS

MOST_DEVICES = len(PEOPLE) + 3
YEAR_MS = 365 * DAY_MS

_ACTS = tuple(deed for count, deed in ACTS for _ in range(count))


def act(world: World) -> None:
    """Somebody works on his device."""
    device = _in_use(world)
    desk = world.desk(device)
    if world.chance.random() < 0.25:
        desk.open()
    else:
        world.tally[Fault.TWO_TABS] += device.session is not None
        world.tally[Fault.CLOCK_YEAR_OFF] += abs(device.skew_ms) == YEAR_MS
        world.chance.choice(_ACTS)(desk, world.now + device.skew_ms)


def begin_sync(world: World) -> None:
    """A device finds the network."""
    device = _in_use(world)
    if device.session is None and device.online:
        world.begin_sync(device)


def crash_device(world: World) -> None:
    """A device dies between any two steps."""
    device = _in_use(world)
    world.tally[Fault.DEVICE_CRASHED] += device.session is not None
    world.cut_off(device)


def crash_server(world: World) -> None:
    """The server dies between any two awaits; what was not committed is gone."""
    world.host.count_crash()
    world.network.crash()
    world.host.start(fresh_epoch=False)


def back_up(world: World) -> None:
    """Somebody takes a backup of the server."""
    world.backups.append(world.host.state)


def put_back(world: World) -> None:
    """The server is restored from a backup, as the command does it."""
    if world.backups:
        world.network.crash()
        lost = world.put_server_back(world.chance.choice(world.backups), by_command=True)
        world.tally[Fault.SERVER_PUT_BACK] += lost


def put_back_unseen(world: World) -> None:
    """Somebody puts the machine back to an older image, and whoever happens to come first writes in it."""
    if world.backups:
        world.end()
        lost = world.put_server_back(world.chance.choice(world.backups), by_command=False)
        world.tally[Fault.SERVER_PUT_BACK_UNSEEN] += lost


def back_up_device(world: World) -> None:
    """Somebody takes a backup of a device."""
    device = _in_use(world)
    device.backup = device.disk.copy()


def put_back_device(world: World) -> None:
    """A device is restored from its backup; what it wrote since is gone from it."""
    device = _in_use(world)
    if device.backup is not None:
        world.tally[Fault.DEVICE_PUT_BACK] += device.backup.entries != device.disk.entries
        world.cut_off(device)
        device.disk = device.backup.copy()


def clone_device(world: World) -> None:
    """A device's storage is copied onto a second one, and both live on."""
    if len(world.devices) < MOST_DEVICES:
        world.tally[Fault.DEVICE_CLONED] += 1
        world.devices.append(_in_use(world).clone())


def evict(world: World) -> None:
    """A browser drops its storage; the person signs in again."""
    device = _in_use(world)
    world.tally[Fault.STORAGE_EVICTED] += device.has_unsent
    world.cut_off(device)
    device.disk = world.empty_disk(device.person, device.name)


def jump(world: World) -> None:
    """A device's clock is set, perhaps a year off."""
    device = _in_use(world)
    skew = world.chance.choice((0, YEAR_MS, -YEAR_MS, world.chance.randrange(-DAY_MS, DAY_MS)))
    world.tally[Fault.CLOCK_JUMPED] += skew != device.skew_ms and device.has_unsent
    device.skew_ms = skew


def lose_network(world: World) -> None:
    """A device goes where there is no network, or comes back."""
    device = _in_use(world)
    device.online = not device.online
    if not device.online:
        world.cut_off(device)


def transfer(world: World) -> None:
    """Somebody is sent to the other unit: his scope changes under his hands."""
    name, unit = _in_use(world).person.name, world.chance.choice(UNITS)
    for each in world.devices:
        if each.person.name == name:
            world.cut_off(each)
            moved = each.person._replace(unit=unit)
            world.tally[Fault.TRANSFERRED] += moved.audiences != each.person.audiences
            each.person = moved


def replay(world: World) -> None:
    """A push that was sent at any time before comes once more."""
    if world.network.pushes:
        world.tally[Fault.REPLAYED] += 1
        world.network.start(world.host.push(*world.chance.choice(world.network.pushes)))


def revoke(world: World) -> None:
    """An admin revokes a device."""
    device = _in_use(world)
    world.command(commands.revoke(device.name, device.person))


def switch_user(world: World) -> None:
    """Somebody signs in where another one has signed out; the work of each stays his own."""
    device = _in_use(world)
    world.cut_off(device)
    device.signed_in = False
    world.tally[Fault.USER_SWITCHED] += device.has_unsent
    away = [each for each in world.devices if not each.signed_in and each is not device]
    if away:
        world.chance.choice(away).signed_in = True
    elif len(world.devices) < MOST_DEVICES:
        world.enrol(world.chance.choice([each.person for each in world.devices]))
    else:
        device.signed_in = True


def fortnight(world: World) -> None:
    """Two weeks pass."""
    world.pass_time(FORTNIGHT_MS)


def reassign(world: World) -> None:
    """The office gives a job to another technician."""
    unit = world.chance.choice(UNITS)
    world.tally[Fault.REASSIGNED] += _has_unsent_work(world, unit)
    world.command(commands.reassign(unit, world.chance.choice(PEOPLE).user))


def cancel(world: World) -> None:
    """The office withdraws a call."""
    unit = world.chance.choice(UNITS)
    world.tally[Fault.CANCELLED] += _has_unsent_work(world, unit)
    world.command(commands.cancel(unit))


def apply_held(world: World) -> None:
    """A manager applies what was held."""
    every = [(each.dot, commands.may_be_applied(each)) for each in world.host.state.log.values()]
    held = [(dot, operation) for dot, operation in every if operation is not None and dot not in world.applied]
    if held:
        dot, operation = world.chance.choice(held)
        world.tally[Outcome.HELD_APPLIED] += 1
        world.applied.add(dot)
        world.command(commands.apply_held(dot, operation))


def update(world: World) -> None:
    """A new release takes over on a device, whatever waits there."""
    device = _in_use(world)
    world.tally[Fault.UPDATED] += device.schema < SCHEMA and device.has_unsent
    world.cut_off(device)
    device.schema = SCHEMA


def forget(world: World) -> None:
    """A day passes on which the feeds forget what was gone up to some place."""
    end = world.host.state.position
    world.command(commands.forget(world.chance.choice((end, world.chance.randint(0, end)))))


def rot(world: World) -> None:
    """A device's storage is damaged: a row is gone from it, or stands there as it did before."""
    device = _in_use(world)
    rows, older = device.disk.rows, device.backup.rows if device.backup else {}
    stale = [key for key, row in older.items() if row.epoch == device.disk.epoch and rows.get(key) != row]
    device.disk.rotten |= bool(stale or rows)
    world.tally[Fault.ROWS_ROTTEN] += bool(stale or rows)
    if stale:
        key = world.chance.choice(sorted(stale))
        rows[key] = older[key]
    elif rows:
        del rows[world.chance.choice(sorted(rows))]


DEEDS: Mapping[Event, Callable[[World], None]] = MappingProxyType(
    {
        Event.ACT: act,
        Event.BEGIN_SYNC: begin_sync,
        Event.CRASH_DEVICE: crash_device,
        Event.CRASH_SERVER: crash_server,
        Event.BACK_UP: back_up,
        Event.PUT_BACK: put_back,
        Event.PUT_BACK_UNSEEN: put_back_unseen,
        Event.BACK_UP_DEVICE: back_up_device,
        Event.PUT_BACK_DEVICE: put_back_device,
        Event.CLONE_DEVICE: clone_device,
        Event.EVICT: evict,
        Event.JUMP: jump,
        Event.LOSE_NETWORK: lose_network,
        Event.TRANSFER: transfer,
        Event.REPLAY: replay,
        Event.REVOKE: revoke,
        Event.SWITCH_USER: switch_user,
        Event.FORTNIGHT: fortnight,
        Event.REASSIGN: reassign,
        Event.CANCEL: cancel,
        Event.APPLY_HELD: apply_held,
        Event.UPDATE: update,
        Event.FORGET: forget,
        Event.ROT: rot,
    }
)
"""Total over the events."""


def _in_use(world: World) -> Device:
    return world.chance.choice([device for device in world.devices if device.signed_in])


def _has_unsent_work(world: World, unit: str) -> bool:
    return any(device.has_unsent for device in world.devices if device.person.unit == unit)
