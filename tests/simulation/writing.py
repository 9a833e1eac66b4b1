"""What people do with the documents on their devices: open, save, settle, delete, sign, and now and then nonsense."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from random import Random
from typing import Any, NamedTuple, Protocol

import msgspec

from schemas.protocol import SCHEMA, Dot
from schemas.registry import Kind
from schemas.rules.signed_content import FIELDS_OF
from sync.canonical import canonical_text
from sync.casting import unknown_kinds
from sync.chain import signature_id, signature_statement
from tests.laws.truth import NOTHING_SEEN, Sight
from tests.simulation.disk import Disk, Form, Row, RowKey, fields_of
from tests.simulation.people import DOCUMENTS, FIELDS, UNITS, Person

NEWER = SCHEMA + 1
"""The schema of a release that the server has not got yet, or has no more."""

Group = list[tuple[bytes, Sight]]
"""Operations that stand or fall together, each with what its author saw."""


_TEMPLATE = "visit-1"
"""The first, by which phones that are not updated sign: histories that were kept stay the same bytes."""


class Draft(NamedTuple):
    """One write that somebody is about to save."""

    form: Form
    fields: Mapping[str, Any]
    resolve: bool = False
    schema: int | None = None


class Signer(Protocol):
    """A device's key."""

    def sign(self, statement: bytes) -> str:
        """Return its signature of a statement, in base64url."""
        ...


class Equipped(Protocol):
    """What somebody writes on: its storage, its key, and the schema that its app writes."""

    @property
    def disk(self) -> Disk: ...
    @property
    def key(self) -> Signer: ...
    @property
    def schema(self) -> int: ...


class Desk:
    """One person at one device."""

    def __init__(self, person: Person, device: Equipped, chance: Random) -> None:
        self._person = person
        self._disk = device.disk
        self._schema = device.schema
        self._signer = device.key
        self._chance = chance

    def open(self) -> None:
        """Open a form, and leave it open for a while."""
        form = self._render()
        self._disk.forms[form.key] = form

    def save(self, now: int) -> None:
        """Save one field."""
        self.write(now, [self._edit()])

    def settle(self, now: int) -> None:
        """Decide between rivals, if there are any."""
        self.write(now, [self._edit()._replace(resolve=True)])

    def delete(self, now: int) -> None:
        """Delete a document, or bring it back."""
        draft = self._edit()
        gone = self._chance.choice((True, True, True, None))
        self.write(now, [draft._replace(fields={**_unit_of(draft), "deleted": gone})])

    def finish(self, now: int) -> None:
        """Write several documents as one group."""
        self.write(now, [self._edit() for _ in range(self._chance.choice((2, 3)))])

    def move(self, now: int) -> None:
        """Give a document to another unit; only who sees every unit may."""
        draft = self._edit()
        self.write(now, [draft._replace(fields={"unit": self._chance.choice(UNITS)})])

    def sign(self, now: int) -> None:
        """Let the customer sign a visit: the signature, and every signed field again, as one group (SPEC N2, N4)."""
        unit = self._chance.choice(self._person.units)
        doc = self._chance.choice([doc for kind, doc in DOCUMENTS[unit] if kind is Kind.SERVICE_VISIT])
        visit = self._form(("service_visit", doc))
        row = fields_of(visit.row)
        signed = {name: row.get(name) for name in FIELDS_OF[_TEMPLATE]}
        content = canonical_text({"template": _TEMPLATE, "visit": signed})
        said: dict[str, Any] = {
            "unit": unit,
            "visit": doc,
            "role": "customer",
            "signer_name": self._chance.choice(("王小明", "李")),
            "signed_at": now,
            "template": _TEMPLATE,
            "content": content,
            "content_sha256": sha256(content.encode()).hexdigest(),
            "strokes_sha256": "0" * 64,
            "image_sha256": "1" * 64,
            "device": self._disk.record.device,
        }
        name = signature_id(said)
        said["device_signature"] = self._signer.sign(signature_statement(name, said))
        signature = Draft(self._disk.render(("signature", name)), said)
        draft = Draft(visit, signed)
        self.write(now, [draft._replace(fields={**_unit_of(draft), **signed}), signature])

    def tamper(self, now: int) -> None:
        """Write over what a customer signed."""
        signatures = [key for key in self._disk.rows if key[0] == Kind.SIGNATURE]
        if signatures:
            form = self._disk.render(self._chance.choice(signatures))
            self.write(now, [Draft(form, self._chance.choice(({"signer_name": "誰"}, {"unit": UNITS[0]})))])

    def foresee(self, now: int) -> None:
        """Write in a release that the server has not got, beside something that it understands."""
        self.write(now, [self._edit()._replace(schema=NEWER)])
        self.write(now, [self._edit()])

    def blunder(self, now: int) -> None:
        """Write what will be held: an unknown field, no right, another unit's document, or no text at all."""
        sound = self._edit()
        wrong = self._chance.choice(
            (
                sound._replace(fields={**sound.fields, "nonsense": 1}),
                sound._replace(form=sound.form._replace(key=("device", "device-boss-1")), fields={"name": "mine"}),
                sound._replace(form=self._disk.render(("customer", "customer-nowhere")), fields={"note": "甲"}),
            )
        )
        self.write(now, [sound, wrong] if self._chance.random() < 0.5 else [wrong])

    def garble(self, _: int) -> None:
        """Append bytes that nobody can read."""
        self._disk.write(
            [
                (
                    self._chance.choice((b"", b"[1,\xff", b'[1,"customer","cust",[0,"aaaa"],1,0,{"name":"\\ud83d"}]')),
                    NOTHING_SEEN,
                )
            ]
        )

    def _render(self) -> Form:
        unit = self._chance.choice(self._person.units)
        known = [(kind.value, doc) for kind, doc in DOCUMENTS[unit] if kind not in unknown_kinds(self._schema)]
        return self._form(self._chance.choice(known))

    def _form(self, key: RowKey) -> Form:
        """Return the form that was left open, or a new one."""
        return self._disk.forms.pop(key, None) or self._disk.render(key)

    def _edit(self) -> Draft:
        form = self._render()
        name, values = self._chance.choice(list(FIELDS[Kind(form.key[0])].items()))
        draft = Draft(form, {name: self._chance.choice(values)})
        return draft._replace(fields={**_unit_of(draft), **draft.fields})

    def write(self, now: int, drafts: Sequence[Draft]) -> None:
        """Save drafts as one group."""
        last = len(drafts) - 1
        group = [draft._replace(schema=draft.schema or self._schema) for draft in drafts]
        self._disk.write([(_encoded(draft, last - place, now), _sight(draft)) for place, draft in enumerate(group)])


ACTS: tuple[tuple[int, Callable[[Desk, int], None]], ...] = (
    (12, Desk.save),
    (3, Desk.settle),
    (4, Desk.delete),
    (4, Desk.finish),
    (1, Desk.move),
    (1, Desk.blunder),
    (1, Desk.garble),
    (2, Desk.sign),
    (1, Desk.tamper),
    (1, Desk.foresee),
)
"""How often people do what."""


def _unit_of(draft: Draft) -> dict[str, str]:
    """Return the field that a new document begins with."""
    kind, doc = draft.form.key
    home = next(unit for unit in UNITS if (Kind(kind), doc) in DOCUMENTS[unit])
    return {} if draft.form.row else {"unit": home}


def _encoded(draft: Draft, following: int, at: int) -> bytes:
    kind, doc = draft.form.key
    over = {name: over for name in draft.fields if (over := shown_writes(draft.form.row, name)) is not None}
    return msgspec.json.encode(
        (draft.schema, kind, doc, draft.form.base, max(0, at), following, draft.fields, draft.resolve, over)
    )


def shown_writes(row: Row | None, name: str) -> tuple[Dot, ...] | None:
    """Return the writes whose value the row showed, None where the field had no rivals (SPEC W4)."""
    if row is None or name not in row.put.rivals:
        return None
    return tuple(write.dot for write in row.put.rivals[name] if write.value == row.put.fields.get(name))


def _sight(draft: Draft) -> Sight:
    made_of = draft.form.row.made_of if draft.form.row else frozenset()
    left: dict[str, frozenset[Dot]] = {}
    for name in () if draft.resolve else draft.fields:
        over = shown_writes(draft.form.row, name)
        if over is not None:
            left[name] = made_of - frozenset(over)
    return Sight(made_of, left)
