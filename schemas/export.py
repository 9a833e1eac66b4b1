"""Write what both ends share as TypeScript into pwa/src/wire: ``python -m schemas.export``, which is ``make gen``."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from schemas import (
    accounts,
    audit,
    calendars,
    copies,
    erasure,
    healing,
    health,
    imports,
    merge_rules,
    office,
    problems,
    protocol,
    registry,
    rescue,
    rights,
    scalars,
    sentences,
    since,
    start,
    units,
    vocabulary,
)
from schemas.members import structs_of, words_of
from schemas.protocol_lock import MESSAGES
from schemas.rules import call_state, findings, merging, reconciliation, signed_content, visit_state, voucher_state
from schemas.typescript import WIDTH, Source, constant, enclosed, upper_snake
from schemas.typescript import vocabulary as vocabulary_source
from schemas.wire_types import Declaration, choice, declarations, scalar_shapes

FOLDER = Path(__file__).parent.parent / "pwa" / "src" / "wire"
HEADER = "// Written by `make gen` from schemas/. Do not edit.\n\n"


SHARED_WORDS = words_of(vocabulary, registry, audit)
BODIES = (accounts, audit, calendars, copies, healing, health, imports, office, rescue, start, units)
"""Modules whose Structs routes beside the protocol are sent and answer."""


def _imports(text: str) -> str:
    used = sorted(words.__name__ for words in SHARED_WORDS if re.search(rf"\b{words.__name__}\b(?! =)", text))
    return f"import type {enclosed(used, '{ }', WIDTH - 36)} from './vocabulary.ts';\n\n" if used else ""


def _vocabulary() -> str:
    shapes = {each.__name__: {"words": Source(upper_snake(each.__name__))} for each in SHARED_WORDS}
    sources = [vocabulary_source(words) for words in SHARED_WORDS]
    return "\n".join([*sources, constant("VOCABULARY_SHAPES", shapes, "The guard shape of each vocabulary.")])


def _scalars() -> str:
    return constant("SCALAR_SHAPES", scalar_shapes(), "The guard shape of each scalar.")


def _typed(declared: Iterable[Declaration], table: str, shapes: str, names: Mapping[str, str], said: str) -> str:
    """Return the types of Structs, the interface that names them, and the table of their shapes.

    ``names`` gives each Struct's name in the table; ``said`` describes the table.
    """
    listed = list(declared)
    members = "".join(f"  readonly {names[each.name]}: {each.name};\n" for each in listed)
    table_source = f"/** {said} */\nexport interface {table} {{\n{members}}}\n"
    sources = [each.source for each in listed]
    body = "\n".join([*sources, table_source, constant(shapes, {names[each.name]: each.shape for each in listed})])
    return _imports(body) + body


def _kinds() -> str:
    names = {shape.__name__: kind.value for kind, shape in registry.SHAPES.items()}
    return _typed(declarations(registry.SHAPES.values()), "Kinds", "KIND_SHAPES", names, "The fields of each kind.")


def _protocol() -> str:
    lines = choice("PullLine", protocol.PullLine.__args__, "One line of a pull.")
    declared = [*declarations(MESSAGES), lines]
    names = {each.name: each.name for each in declared}
    return _typed(declared, "Messages", "MESSAGE_SHAPES", names, "The messages of the sync protocol.")


def _bodies() -> str:
    declared = declarations((protocol.ActorRecord, *structs_of(*BODIES)))
    names = {each.name: each.name for each in declared}
    return _typed(declared, "Bodies", "BODY_SHAPES", names, "What routes beside the protocol are sent and answer.")


def _limits() -> str:
    named = {
        name: value
        for module in (protocol, rescue, calendars, imports, scalars, units)
        for name, value in vars(module).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, int | str)
    }
    headings = constant("TEMPLATE_HEADINGS", imports.TEMPLATE_HEADINGS, "The headings of an empty list to import.")
    return "".join(constant(name, value) for name, value in named.items()) + headings


def _registry() -> str:
    company_wide = [kind for kind in registry.Kind if kind in registry.COMPANY_WIDE]
    return "\n".join(
        [
            constant("COMPANY_WIDE", company_wide, "Kinds that everybody in the company reads (F016)."),
        ]
    )


def _merge_rules() -> str:
    rules = {rule for fields in merge_rules.MERGE_RULES.values() for rule in fields.values()}
    names = {rule: Source(rule.show.name + ("_ASK" if rule.ask else "")) for rule in rules}
    shared = [
        f"const {names[rule]} = {{ show: '{rule.show.value}', ask: {str(rule.ask).lower()} }} as const;\n"
        for rule in sorted(rules, key=names.__getitem__)
    ]
    table = {
        kind: {field: names[rule] for field, rule in fields.items()} for kind, fields in merge_rules.MERGE_RULES.items()
    }
    said = "Kind and field to the rival that is shown, and whether a person is asked: total over every field."
    return "\n".join([vocabulary_source(merge_rules.Show), "".join(shared), constant("MERGE_RULES", table, said)])


def _since() -> str:
    table = {
        schema: {
            kind: [field for field in registry.SHAPES[kind].__struct_fields__ if field in fields]
            for kind, fields in kinds.items()
        }
        for schema, kinds in since.ADDED.items()
    }
    return constant(
        "ADDED", table, "Schema to the fields that began with it, by kind; the others are there from the first."
    )


def _rights() -> str:
    table = {
        kind: {field: [role for role in vocabulary.Role if role in roles] for field, roles in fields.items()}
        for kind, fields in rights.WRITERS.items()
    }
    reconcilers = [role for role in vocabulary.Role if role in rights.RECONCILERS]
    every_unit = [role for role in vocabulary.Role if role in rights.SEES_EVERY_UNIT]
    return "\n".join(
        [
            constant("WRITERS", table, "Kind and field to the roles that may write it; none means: by a command only."),
            constant("SEES_EVERY_UNIT", every_unit, "Roles whose scope is the whole company (F016)."),
            constant("RECONCILERS", reconcilers, "Roles that may sign the end of a unit's day (F017)."),
        ]
    )


def _erasure() -> str:
    personal = {
        kind: [field for field in registry.SHAPES[kind].__struct_fields__ if field in fields]
        for kind, fields in erasure.PERSONAL.items()
    }
    return "\n".join(
        [
            constant("PERSONAL", personal, "Kind to the fields that an erasure takes away (ADR 44)."),
            constant("NAMED_BY", erasure.NAMED_BY, "Kind to its fields that name a file."),
        ]
    )


def _states() -> str:
    words = words_of(visit_state, call_state, voucher_state, signed_content, findings, reconciliation)
    arrows = {
        command: [state for state in call_state.CallState if state in states]
        for command, states in call_state.CALL_ARROWS.items()
    }
    return "\n".join(
        [
            *(vocabulary_source(each) for each in words),
            constant("CALL_ARROWS", arrows, "Command to the states of a call in which it is allowed."),
            constant("LIST_OF_STATE", reconciliation.UNSETTLED, "State of a call to its list at the end of the day."),
            constant("FILLED_IN", merging.FILLED_IN, "What the one that stays of two takes over where it has nothing."),
            constant("TEMPLATE", signed_content.TEMPLATE, "Version of the signed content's shape."),
            constant("FIELDS_OF", signed_content.FIELDS_OF, "Template to the fields of the visit that it binds (N2)."),
            constant("READ_FIELDS", signed_content.READ_FIELDS, "Fields of the visit that the customer reads."),
            constant("SIGNED_FIELDS", signed_content.SIGNED_FIELDS, "Fields of the visit that a signature binds (N2)."),
            constant("CONFIRMED_FIELDS", signed_content.CONFIRMED_FIELDS, "Fields of it that a manager's word binds."),
        ]
    )


def _problems() -> str:
    status = constant("STATUS", problems.STATUS, "Code to HTTP status (RFC 9457).")
    return "\n".join([vocabulary_source(problems.Code), status])


def _sentences(language: sentences.Language) -> Callable[[], str]:
    def produce() -> str:
        table = {code: sentence.in_language(language) for code, sentence in sentences.SENTENCES.items()}
        return constant("SENTENCES", table, f"One plain sentence for each problem code, in {language.value}.")

    return produce


FILES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "vocabulary.ts": _vocabulary,
        "scalars.ts": _scalars,
        "kinds.ts": _kinds,
        "protocol.ts": _protocol,
        "bodies.ts": _bodies,
        "limits.ts": _limits,
        "registry.ts": _registry,
        "merge_rules.ts": _merge_rules,
        "rights.ts": _rights,
        "since.ts": _since,
        "erasure.ts": _erasure,
        "states.ts": _states,
        "problems.ts": _problems,
    }
    | {f"sentences/{language.value}.ts": _sentences(language) for language in sentences.Language}
)
"""Every generated file, by its path in ``FOLDER``, with what produces its text."""


def exported() -> dict[str, str]:
    """Return the text of every generated file, by its path in ``FOLDER``."""
    return {path: HEADER + produce() for path, produce in FILES.items()}


def main() -> None:
    """Write the generated files and remove what is generated no more."""
    texts = exported()
    for stale in {path for path in FOLDER.rglob("*") if path.is_file()} - {FOLDER / path for path in texts}:
        stale.unlink()
    for path, text in texts.items():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
