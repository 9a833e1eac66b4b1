"""What a device shows before the server has answered."""

from hypothesis import strategies as st

from schemas.merge_rules import MERGE_RULES
from schemas.registry import Kind
from sync.document import EMPTY, shown_fields
from sync.overlay import overlaid, stands_on_top
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
def test_v2_a_pull_that_begins_after_the_acknowledgement_brings_a_row_made_of_the_operation(history: History) -> None:
    rows = history.server.pull()
    for device in history.devices:
        for entry in device.entries:
            admitted = history.server.log.get(entry.dot)
            if entry.stamp and admitted and admitted.operation and not admitted.stamp.held:
                assert entry.dot in rows[(admitted.operation.kind, admitted.operation.doc)].dots


@law(st.integers(0, 9), st.integers(0, 9), st.booleans(), st.booleans())
def test_v2_what_left_the_overlay_does_not_come_back(position: int, row: int, held: bool, settled: bool) -> None:  # noqa: FBT001 - drawn
    if not stands_on_top(position, row, held=held, settled=settled):
        assert not stands_on_top(position, row + 1, held=held, settled=True)
