"""What came back after a restore, what never arrived, and which phones are copies: the office's report of it."""

from msgspec import Struct

from schemas.scalars import Count, EpochMs, Id, ShortText
from schemas.vocabulary import LossState


class Settled(Struct, frozen=True):
    """Who wrote off a notice, when and why."""

    by: Id
    at: EpochMs
    reason: ShortText


class Loss(Struct, frozen=True, kw_only=True):
    """Operations that a device announced and that never arrived; ``actor`` is the chain that lacks them.

    ``last_seq`` is how far it was announced to go; ``since`` when the oldest of them was captured, as far as the device
    said; ``said_at`` when it last spoke of them; ``successor`` the device that its person has enrolled since.
    """

    actor: Id
    last_seq: Count
    device: Id
    user: Id
    operations: Count
    since: EpochMs | None
    said_at: EpochMs | None
    state: LossState
    successor: Id | None
    settled: Settled | None


class Touched(Struct, frozen=True):
    """A document that one branch of a copied chain wrote."""

    kind: ShortText
    doc: Id


class Parting(Struct, frozen=True, kw_only=True):
    """A chain that a device went on with elsewhere than the server has it: the device is a copy, or was put back.

    ``here`` counts what the server had already and the device did not, ``there`` what the device has brought since;
    both branches stand. ``both`` tells that the older branch grew afterwards too: two devices are in use. The documents
    are the newest of each branch.
    """

    actor: Id
    device: Id
    user: Id
    at: EpochMs
    here: Count
    there: Count
    both: bool
    documents_here: tuple[Touched, ...]
    documents_there: tuple[Touched, ...]
    settled: Settled | None


class Returned(Struct, frozen=True, kw_only=True):
    """What came back in an epoch of what one device had written.

    ``unproven`` of the operations had no receipt and were stamped anew; ``kept_elsewhere`` of them came back from other
    devices, which had kept them for the server.
    ``first_at`` and ``last_at`` are when the server had first received the oldest and the newest of them.
    """

    device: Id
    user: Id
    operations: Count
    documents: Count
    unproven: Count
    first_at: EpochMs
    last_at: EpochMs
    kept_elsewhere: Count = 0


class Awaited(Struct, frozen=True):
    """A device that was in use before an epoch began and has not been in touch since; ``seen_at`` null: never."""

    device: Id
    user: Id
    seen_at: EpochMs | None


class EpochChange(Struct, frozen=True, kw_only=True):
    """One time that an older copy of the database took the place of a newer one.

    ``cause`` is the audit entry's word: ``restore`` for the command, ``hello`` for a copy that a device's mark told of;
    ``device`` is that device. ``fork`` is the position up to which the copy went, ``reached`` how far the lost log is
    known to have gone; of the commits between, ``back`` have come again.
    """

    epoch: Id
    at: EpochMs
    cause: ShortText
    device: Id | None
    fork: Count
    reached: Count | None
    back: Count
    returned: tuple[Returned, ...]
    awaited: tuple[Awaited, ...]


class MissingFile(Struct, frozen=True, kw_only=True):
    """A record whose file the office does not have: a photo, or a signature without its strokes or its picture.

    ``device`` and ``user`` wrote the record, at ``captured_at`` by the server's clock. ``since`` is when the record
    came here without it, or, for one that ``was_here``, when it was not found where it had been put. ``state`` says
    whether it may still come: ``awaited`` and ``silent`` yes; ``revoked`` if the stopped device is opened once more;
    ``gone`` and ``emptied`` no. Number and customer are the call's, null where it is not known here.
    """

    kind: ShortText
    doc: Id
    visit: Id | None
    number: ShortText | None
    customer: ShortText | None
    device: Id
    user: Id
    captured_at: EpochMs
    since: EpochMs
    was_here: bool
    state: LossState


class HealReport(Struct, frozen=True, kw_only=True):
    """Every epoch change, newest first, and what is announced or parted, the open ones first.

    ``files`` are the newest records whose files are missing; ``more_files`` tells that there are others.
    """

    changes: tuple[EpochChange, ...]
    losses: tuple[Loss, ...]
    partings: tuple[Parting, ...]
    files: tuple[MissingFile, ...] = ()
    more_files: bool = False
