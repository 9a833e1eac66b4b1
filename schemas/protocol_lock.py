"""The lock between shapes and version numbers: whoever changes what goes over the wire says what old clients do."""

import json
from collections.abc import Iterable
from hashlib import sha256

import msgspec
from msgspec import Struct

from schemas import protocol
from schemas.members import structs_of
from schemas.registry import SHAPES


class Version(Struct, frozen=True):
    """One form of a set of shapes: its version, its hash, and what clients of the form before it do with this one.

    A form that only adds what older clients neither send nor need keeps its number.
    """

    number: int
    sha256: str
    old_clients: str


PROTOCOLS = (
    Version(
        1, "27075ea665a38a435fd33ee348af2810b27900ed91fdde9aee62471a3032ec74", "There are none: this is the first."
    ),
    Version(
        1,
        "a8191f175d867f9f50728163f920cd0125fa9dcc9252af0e73a587a7e6ce15b0",
        "They push without ``oldest_left_at``: of what is left no age is told until their next hello.",
    ),
    Version(
        1,
        "ca65932e4e730d5a395784d5095791c43e7b80ac63aef504619756fe9dc1ff55",
        "They know of no ``deeds`` and of no quarantine: stopped, they keep what they had not sent until updated.",
    ),
    Version(
        1,
        "2778785d06dbc8a50605c11deed95bd533570605c5a20a886e625d92d98a627a",
        "They take no rescue_key and export as before: files that the office does not take in.",
    ),
    Version(
        1,
        "dab8f41e6c8ea4db316e05dfcb9fbb80aa03292331f2659b514ef29835b71ba9",
        "They say hello without ``took_over``: what a browser that was enrolled anew brings of its older device is "
        "told as a loss. Without ``numbers`` they keep no number from being given out again after a restore.",
    ),
    Version(
        1,
        "24bfe0ef56b376f7bd9eebfdb24cf7f5734f7c552994567f69dd1094631b2562",
        "They ask without ``parts`` and receive a first sync row by row; what does not add up they pull from nought.",
    ),
    Version(
        1,
        "770f3068874358dfea7c5b0e4e94a07e863017e7a2f34b73702194d6827c9088",
        "They keep nothing for the server: what it wrote itself comes back after a restore from newer clients alone.",
    ),
    Version(
        1,
        "97dd99753d1df090d9a0e68f929a2d6840b7c1f160792b957bef7481be243ac5",
        "They ask for no parts, or pass over the line that ends one: a part that was cut they find by its digest.",
    ),
    Version(
        1,
        "ef416a743ce0331df25611a8c8bdcffe9e618c4c4dbd485fc8eeef55b4533d19",
        "They never ask which files are wanted of them: one that only they have is awaited for as long as they are.",
    ),
    Version(
        1,
        "0bc256a2ed80e766d86be1ce47edbda1ab8ff4a4dd0c623e13050291b0c66edd",
        "They pass over how far chains are here (reached), and bring what is here once more.",
    ),
    Version(
        1,
        "d010f129066ccc7b659434d48df1d3dbf5359439f669b513714f29ee7dc9d372",
        "A renamed actor of theirs names no head of its past: it is believed. They pass over how long the log was when "
        "it took something back: what a second restore of one epoch loses of that, they do not bring again.",
    ),
    Version(
        1,
        "0d569e99ac35e59950ecf9528396efa51f953bc80da071cab794bcb7a0ff9dfd",
        "They keep a reduced group with its hashes, give it back as it is, and reduce nothing by themselves.",
    ),
    Version(
        1,
        "322afd488d02dd295c0a0aa9cd9c7de31a614c99c6b0e8d22c83bf84e60ea9a5",
        "They re-offer whole what they wrote, without hashes of frames; what of it was erased is reduced as it comes.",
    ),
)
"""History of the messages of ``schemas.protocol``; the last one is ``PROTOCOL``."""

SCHEMAS = (
    Version(
        1, "33c4ceebfb00ef598c2b6a4d1f8834a5dd8aa9ac0809004fca41f49534f61c84", "There are none: this is the first."
    ),
    Version(
        2,
        "5472056f8e8bc4454e24c50301b811ede41af93c454cb5a9bcdbe96aa6ae1057",
        "Photos begin. Clients of schema 1 push as before and are sent no photos; signatures cover none (ADR 17).",
    ),
    Version(
        2,
        "c8bed70057697049720468d212108dfbea62e6bc8aa8265a09d37a9a12e10bd3",
        "They keep why somebody was called back, and who withdrew a call, in their rows, and show neither.",
    ),
    Version(
        2,
        "f7a195b2a7f31c69e2511ec2102512e2227e05b37428cc2bdc8efc780ad4799c",
        "Calendars, districts and reconciliations begin. Clients of schema 1 are sent none, and no time to arrive by.",
    ),
    Version(
        2,
        "ae45e2b960bd38e55c60550d51278439a3f13ab2ac0346e224ea3b4e8899bf97",
        "Contracts, copies, proposals, corrected arrivals, a manager's word for the unsigned. Schema 1 gets none.",
    ),
    Version(
        2,
        "fccc966fa80d2bee5bc42d32f0ee4308a5896a1e646f4b70f15f99bcc366f048",
        "Attempts to reach a customer, why a visit was not completed or is paid for, who signs, general work, "
        "absences, grants for a time, merges, limits of units, phrases, fee items, parts, erasures. Schema 1 gets "
        "none: it signs as the customer by the first template, which stays valid, shows no word for a visit that ended "
        "without a repair, takes a grant for one that lasts (the server does not), and gets what was erased as rows "
        "whose personal fields are empty.",
    ),
)
"""History of the kinds' fields; the last one is ``SCHEMA``."""

MESSAGES = structs_of(protocol)
"""Every Struct of the protocol."""


def protocol_hash() -> str:
    """Return the hash of the messages' shapes as they are now."""
    return _hash(MESSAGES, {})


def schema_hash() -> str:
    """Return the hash of the kinds' names and shapes as they are now."""
    return _hash(SHAPES.values(), {kind.value: shape.__name__ for kind, shape in SHAPES.items()})


def _hash(structs: Iterable[type[Struct]], names: dict[str, str]) -> str:
    _, components = msgspec.json.schema_components(tuple(structs))
    text = json.dumps([_without_remarks(components), names], sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _without_remarks(schema: object) -> object:
    """Drop titles and descriptions, which no client reads; a field of such a name has a schema, not a text."""
    if isinstance(schema, dict):
        return {
            key: _without_remarks(member)
            for key, member in schema.items()
            if key not in ("description", "title") or not isinstance(member, str)
        }
    return [_without_remarks(member) for member in schema] if isinstance(schema, list) else schema
