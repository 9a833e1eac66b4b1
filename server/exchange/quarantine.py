"""Taking in the last work of a stopped device: everything is held, nothing is given (SPEC, section 10)."""

from collections.abc import Awaitable, Callable

from msgspec import structs

from schemas.protocol import ActorRecord, Hello, HelloReply, PushReply
from server.exchange.greeting import greet
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.records.quarantines import announce, close, keep
from server.records.work import Work


async def greet_leaver(work: Work, endpoint: Endpoint, caller: Caller, hello: Hello, fresh_epoch: str) -> HelloReply:
    """Return where the server stands; a device that has nothing left is told to wipe itself (SPEC Q3, Q4).

    Nothing is left once it says so and the chain that it speaks for is here to its end. Raises ``Problem`` as
    :func:`greet` does.
    """
    reply = await greet(work, endpoint, caller, hello, fresh_epoch)
    quarantine = await announce(work, caller, hello.pending)
    if has_everything(hello, reply):
        quarantine = await close(work, caller, quarantine)
        return structs.replace(reply, deeds=("wipe",))
    return reply


def has_everything(hello: Hello, reply: HelloReply) -> bool:
    """Tell whether nothing is left on a device, and the chain that it speaks for is here to its end (SPEC Q3)."""
    return hello.pending == 0 and reply.acked_seq >= hello.last_seq and reply.common_seq == hello.last_seq


async def take_in(
    work: Work, caller: Caller, actor: ActorRecord | str, take: Callable[[], Awaitable[PushReply]]
) -> PushReply:
    """Return the answer to a push or a re-offer through the quarantine's door, and count what came.

    What was there before is answered again for ever; raises ``Problem`` for anything new once the quarantine is closed,
    or beyond what one takes in. Nothing is written then.
    """
    quarantine = await announce(work, caller, 0)
    name = actor if isinstance(actor, str) else actor.actor
    known = (await work.ledger.actors([name])).get(name)
    reply = await take()
    fresh = reply.acked_seq - (known.acked_seq if known is not None else 0)
    quarantine.admit(fresh)
    if fresh:
        arrived = quarantine.arrived + fresh
        await keep(work, structs.replace(quarantine, arrived=arrived, announced=max(quarantine.announced, arrived)))
    return reply
