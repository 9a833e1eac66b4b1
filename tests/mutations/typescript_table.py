"""The mistakes in TypeScript: what a phone would do wrong while the server does right."""

from tests.mutations.table import Mutation

MERGE = "tests/core/merge.test.ts"
READING = "tests/core/reading.test.ts"
SEEN = "tests/core/seen.test.ts"
SHOWN = "tests/core/shown.test.ts"
TEXT = "tests/core/text.test.ts"
VECTORS = "tests/core/vectors.test.ts"
CAPTURING = "tests/store/capturing.test.ts"

MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        "a capture that claims to have seen everything",
        "src/store/edit.ts",
        "edit.id, seen.base, at",
        "edit.id, [2 ** 53 - 1, epoch] as const, at",
        "what arrived while the form was open would be overwritten unseen (646 of 1,000 histories)",
        f"{CAPTURING}::B1 the base is what was rendered when the person began, whatever came since",
    ),
    Mutation(
        "oldest instead of newest",
        "src/core/register.ts",
        "(compareAge(write, best) > 0 ? write : best)",
        "(compareAge(write, best) < 0 ? write : best)",
        "everybody would be shown the value that was corrected last week",
        f"{SHOWN}::S1 latest shows the greatest (effective at, dot)",
    ),
    Mutation(
        "the office preferred for what was done on site",
        "src/core/register.ts",
        "field: preferring('field')",
        "field: preferring('office')",
        "the phone would show another value than the office",
        f"{SHOWN}::S3 field shows the latest of the field, else the latest",
    ),
    Mutation(
        "equal values as rivals",
        "src/core/register.ts",
        "return new Set(register.map((write) => canonicalText(write.value))).size > 1;",
        "return register.length > 1;",
        "the inbox would fill with questions that have one answer",
        f"{MERGE}::R2",
    ),
    Mutation(
        "a resolution is an ordinary edit",
        "src/core/write.ts",
        "later.resolve ? undefined : later.over[field]",
        "later.over[field]",
        "a conflict could never be settled",
        f"{SEEN}::W4 an ordinary edit leaves the rivals that were not shown, a resolution does not",
    ),
    Mutation(
        "over ignored",
        "src/core/write.ts",
        "if (named?.every((dot) => !sameDot(dot, earlier.dot))) return false;",
        "if (named?.length === 0) return false;",
        "an ordinary edit would decide between rivals that nobody looked at",
        f"{SEEN}::W4 an ordinary edit leaves the rivals that were not shown, a resolution does not",
    ),
    Mutation(
        "one's own earlier values forgotten",
        "src/core/ancestry.ts",
        "if (actor === earlier[0]) return earlier[1] <= limit;",
        "if (actor === earlier[0]) return false;",
        "whoever corrects himself offline would become his own rival",
        f"{SEEN}::W2 a write covers every earlier one of its own chain, through every renaming",
    ),
    Mutation(
        "a renamed chain claims all of its parent",
        "src/core/ancestry.ts",
        "[actor, limit] = parent;",
        "[actor, limit] = [parent[0], 2 ** 53];",
        "a clone would silently replace what the other device wrote behind the fork",
        f"{VECTORS}::W2",
    ),
    Mutation(
        "fork limit ignored",
        "src/core/lineage.ts",
        "limit = Math.min(limit, link[2]);",
        "limit = Math.max(limit, link[2]);",
        "what a lost epoch wrote behind the fork would count as seen",
        f"{VECTORS}::E2",
    ),
    Mutation(
        "a write that arrives superseded supersedes nothing",
        "src/core/document.ts",
        "!writers.some((other) => supersedes(past, other, field, origin))",
        "!writers.some((other) => supersedes(past, other, field, origin) &&"
        " !writers.some((third) => supersedes(past, third, field, other.origin)))",
        "grandparents that are delivered late would come back as rivals (97 of 1,000 histories)",
        f"{SEEN}::W5 a superseded write still supersedes what it covers",
    ),
    Mutation(
        "rivals dropped when a newer write comes",
        "src/core/document.ts",
        "ordered([...kept, { origin, value }])",
        "ordered([...kept.slice(kept.length), { origin, value }])",
        "last writer wins: what the office wrote meanwhile would be lost",
        f"{MERGE}::M3",
    ),
    Mutation(
        "groups torn apart",
        "src/core/groups.ts",
        "start + (following[start] ?? 0) + 1",
        "start + 1",
        "a signature could be sent without the visit that it signs",
        f"{TEXT}::G1 groups are found by what follows them, and a cut one is seen",
    ),
    Mutation(
        "a head over the hashes in another order",
        "src/core/chain.ts",
        "concatBytes(hexToBytes(head), hexToBytes(operationHash))",
        "concatBytes(hexToBytes(operationHash), hexToBytes(head))",
        "no push of any phone would be taken in",
        f"{VECTORS}::A2",
    ),
    Mutation(
        "unknown fields captured",
        "src/core/reading.ts",
        "names.length === 0 || !names.every((name) => known.has(name))",
        "names.length === 0",
        "a field that nobody reads would be shown as delivered",
        f"{READING}::O4 an unknown field is held, whatever else the operation holds",
    ),
    Mutation(
        "text as it was typed",
        "src/core/wellformed.ts",
        " && text === text.normalize('NFC')",
        "",
        "the phone would capture what the office holds",
        f"{VECTORS}::O3",
    ),
)
