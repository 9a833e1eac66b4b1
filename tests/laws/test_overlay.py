"""What a device shows before the server has answered."""

from hypothesis import strategies as st

from schemas.merge_rules import MERGE_RULES
from schemas.registry import Kind
from sync.document import EMPTY, shown_fields
from sync.overlay import is_contained, overlaid
from sync.reading import read
from tests.laws.device import Device, Draft, Form
from tests.laws.history import BEGINNING_MS, FIELDS, KEYS, STEP_MS, History, histories, new_device
from tests.laws.law import law
from tests.laws.reference import Server

KEY = KEYS[0]
writes = st.lists(
    st.sampled_from([(name, value) for name, values in FIELDS[KEY[0]] for value in values]), min_size=1, max_size=6
)


def _shown(device: Device) -> dict[str, object]:
    row = device.rows.get(KEY)
    return shown_fields(row.document if row else EMPTY, MERGE_RULES[Kind(KEY[0])])


@law(st.lists(writes, min_size=1, max_size=4), st.sampled_from(["one form for all", "a form each"]))
def test_v1_whoever_writes_alone_sees_at_once_what_the_server_will_show(
    bursts: list[list[tuple[str, object]]], habit: str
) -> None:
    server, device, now = Server(), new_device(1), BEGINNING_MS
    form: Form | None = None
    for burst in bursts:
        for name, value in burst:
            now += STEP_MS
            form = form if form and habit == "one form for all" else device.render(KEY)
            device.write(now, [Draft(form, {name: value})])
        pending = [read(each.payload).operation for each in device.entries if each.stamp is None]
        expected = overlaid(_shown(device), [each for each in pending if each])
        device.push(server, now, "unused")
        device.pull(server)
        assert _shown(device) == expected


@law(histories())
def test_v2_a_row_contains_an_operation_exactly_when_its_position_reaches_it(history: History) -> None:
    for operations in history.documents.values():
        for later in operations:
            base, seen = later.origin.base, history.truths[later.origin.dot].sight.seen
            for each in operations:
                position = each.origin.positions[0]
                if position.epoch == base.epoch:
                    assert is_contained(position.n, base.n) == (each.origin.dot in seen)


def test_v2_what_is_not_acknowledged_or_has_no_row_stays_on_top() -> None:
    assert not is_contained(None, 5)
    assert not is_contained(5, None)
    assert is_contained(5, 5)
