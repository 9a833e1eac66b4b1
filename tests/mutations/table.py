"""The mistakes in Python: exact source text, what stands in its place, why it matters, and the law that it breaks."""

from typing import NamedTuple


class Mutation(NamedTuple):
    """One mistake; ``killer`` is a law that it must break."""

    name: str
    file: str
    text: str
    instead: str
    why: str
    killer: str


SHOWN = "tests/laws/test_shown.py"
SEEN = "tests/laws/test_seen.py"
MERGE = "tests/laws/test_merge.py"
MERGE_RULES = "tests/laws/test_merge_rules.py"
LINEAGE = "tests/laws/test_lineage.py"
STAMPS = "tests/laws/test_stamps.py"
READING = "tests/laws/test_reading.py"
HEALING = "tests/simulation/test_healing.py"
SIMULATION = "tests/simulation/test_simulation.py"

MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        "oldest instead of newest",
        "sync/register.py",
        "return max(register, key=_age)",
        "return min(register, key=_age)",
        "everybody would be shown the value that was corrected last week",
        f"{SHOWN}::test_s1_the_latest_is_shown_and_the_greater_dot_breaks_a_tie",
    ),
    Mutation(
        "ties broken by the dot alone",
        "sync/register.py",
        "return (write.origin.effective_at, write.origin.dot)",
        "return (0, write.origin.dot)",
        "the name of a device would decide instead of the time",
        f"{SHOWN}::test_s1_the_latest_is_shown_and_the_greater_dot_breaks_a_tie",
    ),
    Mutation(
        "the office preferred for what was done on site",
        "sync/register.py",
        "Show.FIELD: partial(_preferred, Place.FIELD)",
        "Show.FIELD: partial(_preferred, Place.OFFICE)",
        "what the technician saw would be hidden behind a guess",
        f"{SHOWN}::test_s3_the_latest_of_the_field_is_shown_before_anything_of_the_office",
    ),
    Mutation(
        "equal values as rivals",
        "sync/register.py",
        "return len({canonical_bytes(write.value) for write in register}) > 1",
        "return True",
        "the inbox would fill with questions that have one answer",
        f"{MERGE}::test_r2_only_different_values_are_rivals",
    ),
    Mutation(
        "a write that arrives superseded supersedes nothing",
        "sync/document.py",
        "for other in writers)",
        "for other in writers if not any(supersedes(past, third, field, other.origin) for third in writers))",
        "grandparents that are delivered late would come back as rivals (97 of 1,000 histories)",
        f"{SEEN}::test_w5_a_superseded_write_still_supersedes_what_it_covers",
    ),
    Mutation(
        "one's own earlier values forgotten",
        "sync/ancestry.py",
        "return earlier.seq <= limit",
        "return False",
        "whoever corrects himself offline would become his own rival",
        f"{SEEN}::test_w2_own_earlier_operations_are_those_of_the_same_chain_through_every_renaming",
    ),
    Mutation(
        "a renamed chain claims all of its parent",
        "sync/ancestry.py",
        "actor, limit = parent",
        "actor, limit = parent[0], 2**53",
        "a clone would silently replace what the other device wrote behind the fork",
        f"{SEEN}::test_w2_own_earlier_operations_are_those_of_the_same_chain_through_every_renaming",
    ),
    Mutation(
        "over ignored",
        "sync/write.py",
        "named = later.over.get(field)",
        "named = None",
        "an ordinary edit would decide between rivals that nobody looked at",
        f"{SEEN}::test_w4_an_ordinary_edit_leaves_the_rivals_that_were_not_shown",
    ),
    Mutation(
        "a resolution is an ordinary edit",
        "sync/write.py",
        "if named is not None and not later.resolve and",
        "if named is not None and",
        "a conflict could never be settled",
        f"{SEEN}::test_w4_a_resolution_supersedes_every_rival_that_it_covers",
    ),
    Mutation(
        "only the first position of a readmitted operation counts",
        "sync/write.py",
        "for position in earlier.positions)",
        "for position in earlier.positions[:1])",
        "after a restore everybody would be a rival of what came back",
        f"{SEEN}::test_w1_a_write_covers_what_its_author_had_seen_and_nothing_else",
    ),
    Mutation(
        "fork limit ignored",
        "sync/lineage.py",
        "limit = min(limit, link.fork)",
        "limit = 2**53",
        "what a lost epoch wrote behind the fork would count as seen",
        f"{LINEAGE}::test_e2_a_base_contains_exactly_what_the_log_held_at_that_moment",
    ),
    Mutation(
        "the row's own position not seen",
        "sync/lineage.py",
        "return position.n <= limit",
        "return position.n < limit",
        "every edit would be a rival of the value that was on the screen",
        f"{SEEN}::test_w1_a_write_covers_what_its_author_had_seen_and_nothing_else",
    ),
    Mutation(
        "a contest that ends by itself",
        "sync/document.py",
        "if tombstone.dot in document.contested or _contests(past, newest, tombstone)",
        "if _contests(past, newest, tombstone)",
        "the next write would bury somebody's work again",
        f"{MERGE}::test_m3_applying_the_newest_operation_is_folding_the_whole_set",
    ),
    Mutation(
        "a delete applied without history",
        "sync/document.py",
        "return operation.fields.get(DELETED) is True and document.registers != {}",
        "return False",
        "a delete would win against work that it never saw",
        f"{MERGE}::test_m3_applying_the_newest_operation_is_folding_the_whole_set",
    ),
    Mutation(
        "rivals dropped when a newer write comes",
        "sync/document.py",
        "registers[field] = ordered((*kept, Write(operation.origin, value)))",
        "registers[field] = ordered((Write(operation.origin, value),))",
        "last writer wins: what the office wrote meanwhile would be lost",
        f"{MERGE}::test_m3_applying_the_newest_operation_is_folding_the_whole_set",
    ),
    Mutation(
        "effective time taken from the device as it is",
        "sync/stamping.py",
        "return min(max(at + offset_ms, floor), received_at)",
        "return at + offset_ms",
        "a clock that is a year fast would win for a year",
        f"{STAMPS}::test_t3_an_estimate_lies_between_what_was_seen_and_the_receipt",
    ),
    Mutation(
        "groups torn apart",
        "sync/groups.py",
        "end = start + (following[start] or 0) + 1",
        "end = start + 1",
        "a signature could be applied without the visit that it signs",
        f"{READING}::test_g1_groups_are_found_by_what_follows_them",
    ),
    Mutation(
        "unknown fields applied",
        "sync/reading.py",
        "if not operation.fields or not operation.fields.keys() <= known:",
        "if not operation.fields:",
        "a newer client's field would vanish without a word",
        f"{READING}::test_o4_an_unknown_kind_or_field_is_held",
    ),
    Mutation(
        "money is told and not asked",
        "schemas/merge_rules.py",
        "_ON_SITE = MergeRule(Show.FIELD, ask=True)",
        "_ON_SITE = MergeRule(Show.FIELD, ask=False)",
        "two fees would stand in one entry, and nobody would be asked which one the customer pays",
        f"{MERGE_RULES}::test_s5_money_working_hours_diagnosis_and_whatever_is_signed_ask",
    ),
    Mutation(
        "what was done on site decided in the office",
        "schemas/merge_rules.py",
        "Kind.SERVICE_VISIT: _ON_SITE,",
        "Kind.SERVICE_VISIT: _OFFICE,",
        "the register would show what the office guessed",
        f"{MERGE_RULES}::test_s1_each_field_shows_the_rival_of_its_own_group",
    ),
    Mutation(
        "the latest signature",
        "schemas/merge_rules.py",
        "Kind.SIGNATURE: _FIRST,",
        "Kind.SIGNATURE: _TOLD,",
        "what was signed could be exchanged afterwards",
        f"{MERGE_RULES}::test_s1_each_field_shows_the_rival_of_its_own_group",
    ),
    Mutation(
        "a dispatch by whoever was last",
        "schemas/merge_rules.py",
        "Kind.DISPATCH: _OFFICE,",
        "Kind.DISPATCH: _ASK,",
        "who is sent would be a question of clocks",
        f"{MERGE_RULES}::test_s1_each_field_shows_the_rival_of_its_own_group",
    ),
    Mutation(
        "a field without its exception",
        "schemas/merge_rules.py",
        '            "number": _FIRST,\n',
        "",
        "the customer's number of a call could change under him",
        f"{MERGE_RULES}::test_s1_each_field_shows_the_rival_of_its_own_group",
    ),
    Mutation(
        "a renaming that is learned too late",
        "server/exchange/offering.py",
        "    await work.ledger.save_actors([Actor(record, last.seq, last.head)])\n",
        "",
        "after a restore everybody would become a rival of himself",
        f"{HEALING}::test_h1_what_comes_back_is_merged_with_its_own_renaming",
    ),
    Mutation(
        "every mark of a lost time begins an epoch",
        "server/exchange/greeting.py",
        "if mark.epoch == head.epoch and await _is_beyond(work, mark)",
        "if await _is_beyond(work, mark)",
        "after a restore the devices and the server would never come to rest",
        f"{HEALING}::test_e3_a_restore_begins_one_epoch_however_many_devices_tell_of_it",
    ),
    Mutation(
        "what comes back is not merged",
        "server/records/recorder.py",
        'return {_key(each) for each in logged if each.verdict == "applied"}',
        "return set()",
        "a healed server would keep the work and not show it",
        f"{HEALING}::test_h1_what_comes_back_is_merged_with_its_own_renaming",
    ),
    Mutation(
        "a receipt that says nothing of stamps",
        "server/exchange/proving.py",
        "if fits and receipt.stamps == stamps_digest(links[stretch]) and",
        "if fits and",
        "whoever was first after a restore could date his work into the next century and win for ever",
        f"{HEALING}::test_h1_a_stamp_that_no_receipt_proves_is_not_believed",
    ),
    Mutation(
        "a receipt that nobody signed",
        "server/exchange/proving.py",
        "return verify_receipt(keys.receipt_public, signature, receipt_statement(receipt))",
        "return True",
        "a device could write its own receipts",
        f"{HEALING}::test_h1_a_stamp_that_no_receipt_proves_is_not_believed",
    ),
    Mutation(
        "a replayed push is appended again",
        "server/exchange/chain_fit.py",
        "linked[len(replayed) :]",
        "linked",
        "a technician whose answer was lost would have done everything twice",
        f"{SIMULATION}::test_m5_nothing_is_lost_whatever_fails",
    ),
)
