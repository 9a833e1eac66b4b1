"""What the ledger asks with every request, built once."""

from sqlalchemy import BindParameter, and_, bindparam, delete, false, or_, select, true, update

from schemas.registry import Kind
from server.platform.statements import Question, Statement, among
from server.records.ledger import SERVER
from server.records.tables import ACTOR, DOCUMENTS, EPOCH, FEED_ENTRY, HEAD, INCARNATION, OPERATION, READMISSION

_KEY: BindParameter[str] = bindparam("company")
_HEAD = select(HEAD.c.epoch, HEAD.c.position, HEAD.c.incarnation, HEAD.c.horizon, HEAD.c.branches)
END = Question(_HEAD.where(HEAD.c.company == _KEY))
LOCKED_END = Question(_HEAD.where(HEAD.c.company == _KEY).with_for_update())
ADVANCE = Statement(
    update(HEAD).where(HEAD.c.company == bindparam("own_company")).values(position=bindparam("reached"))
)
LINEAGE = Question(
    select(EPOCH.c.epoch, EPOCH.c.parent, EPOCH.c.fork)
    .where(EPOCH.c.company == _KEY)
    .order_by(EPOCH.c.fork, EPOCH.c.begun_at)
)
_PAST = select(OPERATION.c.seq).where(
    OPERATION.c.company == ACTOR.c.company,
    OPERATION.c.actor == ACTOR.c.parent,
    OPERATION.c.seq == ACTOR.c.parent_seq,
    OPERATION.c.head == ACTOR.c.parent_head,
)
_HAS_PAST = or_(ACTOR.c.parent_head.is_(None), ACTOR.c.parent_seq == 0, _PAST.exists())
ACTORS = Question(select(ACTOR).where(ACTOR.c.company == _KEY, among(ACTOR.c.actor, "names")))
PARENTS = Question(
    select(ACTOR.c.actor, ACTOR.c.parent, ACTOR.c.parent_seq).where(
        ACTOR.c.company == _KEY, among(ACTOR.c.actor, "names"), ACTOR.c.follows == true()
    )
)
UNSETTLED = Question(
    select(ACTOR.c.actor, ACTOR.c.parent, _HAS_PAST.label("follows")).where(
        ACTOR.c.company == _KEY, among(ACTOR.c.actor, "names"), ACTOR.c.parent.is_not(None), ACTOR.c.follows.is_(None)
    )
)
SETTLE = Statement(
    update(ACTOR)
    .where(ACTOR.c.company == bindparam("own_company"), ACTOR.c.actor == bindparam("name"))
    .values(follows=bindparam("is_so"))
)
STRETCH = Question(
    select(OPERATION)
    .where(
        OPERATION.c.company == _KEY,
        OPERATION.c.actor == bindparam("actor"),
        OPERATION.c.seq.between(bindparam("first"), bindparam("last")),
    )
    .order_by(OPERATION.c.seq)
)
_IS_SERVERS = OPERATION.c.actor.like(f"{SERVER}-%")
_SAME = and_(
    READMISSION.c.company == OPERATION.c.company,
    READMISSION.c.actor == OPERATION.c.actor,
    READMISSION.c.seq == OPERATION.c.seq,
)
_RECEIVED = select(OPERATION).where(
    OPERATION.c.company == _KEY,
    OPERATION.c.position > bindparam("after"),
    OPERATION.c.position <= bindparam("until"),
)
_TAKEN_BACK = (
    select(OPERATION)
    .join(READMISSION, _SAME)
    .where(
        READMISSION.c.company == _KEY,
        READMISSION.c.position > bindparam("after"),
        READMISSION.c.position <= bindparam("until"),
    )
)
ADMITTED, ADMITTED_BACK = Question(_RECEIVED), Question(_TAKEN_BACK)
SERVERS, SERVERS_BACK = Question(_RECEIVED.where(_IS_SERVERS)), Question(_TAKEN_BACK.where(_IS_SERVERS))
RECEIVED = Question(
    select(OPERATION.c.position, OPERATION.c.epoch, OPERATION.c.received_at)
    .where(OPERATION.c.company == _KEY, among(OPERATION.c.position, "places"))
    .distinct()
)
RECEIVED_NEXT = Question(
    select(OPERATION.c.position, OPERATION.c.received_at)
    .where(
        OPERATION.c.company == _KEY,
        OPERATION.c.position > bindparam("after"),
        OPERATION.c.position <= bindparam("until"),
    )
    .order_by(OPERATION.c.position)
    .limit(bindparam("most"))
)
TAKEN_BACK_NEXT = Question(
    select(READMISSION.c.position)
    .where(
        READMISSION.c.company == _KEY,
        READMISSION.c.position > bindparam("after"),
        READMISSION.c.position <= bindparam("until"),
    )
    .order_by(READMISSION.c.position)
    .limit(bindparam("most"))
)
WRITTEN = Question(
    select(OPERATION.c.kind, OPERATION.c.doc).where(
        OPERATION.c.company == _KEY,
        OPERATION.c.position > bindparam("after"),
        OPERATION.c.position <= bindparam("until"),
    )
)
CAME_BACK = Question(
    select(OPERATION.c.kind, OPERATION.c.doc)
    .join(READMISSION, _SAME)
    .where(
        READMISSION.c.company == _KEY,
        READMISSION.c.position > bindparam("after"),
        READMISSION.c.position <= bindparam("until"),
    )
)
FORGET = Statement(
    delete(FEED_ENTRY).where(
        FEED_ENTRY.c.company == _KEY, FEED_ENTRY.c.gone == true(), FEED_ENTRY.c.position <= bindparam("until")
    )
)
DELETED = {
    kind: Question(select(table).where(table.c.company == _KEY, among(table.c.id, "ids"), table.c.gone == true()))
    for kind, table in DOCUMENTS.items()
}
_SIGNATURE = DOCUMENTS[Kind.SIGNATURE]
SIGNATURES = Question(select(_SIGNATURE).where(_SIGNATURE.c.company == _KEY, among(_SIGNATURE.c.visit, "visits")))

OF_KIND = {
    kind: Question(select(table).where(table.c.company == _KEY, among(table.c.id, "ids")))
    for kind, table in DOCUMENTS.items()
}
_ENTRIES = (
    select(FEED_ENTRY)
    .where(FEED_ENTRY.c.company == _KEY, among(FEED_ENTRY.c.audience, "audiences"))
    .order_by(FEED_ENTRY.c.position, FEED_ENTRY.c.kind, FEED_ENTRY.c.id)
)
FEED = Question(_ENTRIES.where(FEED_ENTRY.c.position > bindparam("after")).limit(bindparam("most")))
OF_COMMIT = Question(_ENTRIES.where(FEED_ENTRY.c.position == bindparam("position")))
HELD_BY = Question(
    select(FEED_ENTRY.c.id, FEED_ENTRY.c.audience).where(
        FEED_ENTRY.c.company == _KEY,
        among(FEED_ENTRY.c.audience, "audiences"),
        FEED_ENTRY.c.kind == bindparam("kind"),
        among(FEED_ENTRY.c.id, "ids"),
        FEED_ENTRY.c.gone == false(),
    )
)
BEGAN = Question(
    select(INCARNATION.c.ordinal).where(
        INCARNATION.c.company == _KEY, INCARNATION.c.incarnation == bindparam("incarnation")
    )
)
BEGAN_NEXT = Question(
    select(INCARNATION.c.position).where(INCARNATION.c.company == _KEY, INCARNATION.c.ordinal == bindparam("ordinal"))
)
_CUSTOMER = DOCUMENTS[Kind.CUSTOMER]
ERASED = Question(
    select(_CUSTOMER.c.id).where(_CUSTOMER.c.company == _KEY, _CUSTOMER.c.erased_at.is_not(None)).limit(1)
)
