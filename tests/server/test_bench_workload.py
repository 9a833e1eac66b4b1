"""What is measured of Fieldproof is the product's own work: every record of the shared workload is applied as it is."""

from bench.peers.mapping import FIELD_OF, signature_of, value_of, visit_of
from bench.peers.workload import EDIT_FIELDS, workload
from schemas.registry import SHAPES, Kind
from tests.server.world import BANQIAO, TECHNICIAN, World


async def test_every_record_of_the_workload_is_a_visit_or_a_signature_that_the_office_applies(world: World) -> None:
    device = await world.enrolled(TECHNICIAN)
    creates = workload(devices=1).records
    visits = {each.id: visit_of(each, BANQIAO, TECHNICIAN.user) for each in creates if each.kind != "signature"}
    for doc, fields in visits.items():
        device.write(Kind.SERVICE_VISIT, doc, fields)
    for create in (each for each in creates if each.kind == "signature"):
        signed = signature_of(create, visits[create.doc["voucher_id"]], device.chain)
        device.write(Kind.SIGNATURE, signed.id, signed.fields)
    reply = await device.push()
    assert [stamp.problem for stamp in reply.stamps if stamp.verdict == "held"] == []
    assert reply.acked_seq == len(creates)


def test_every_field_that_the_workload_edits_is_another_field_of_a_visit() -> None:
    assert set(FIELD_OF) == set(EDIT_FIELDS)
    assert len(set(FIELD_OF.values())) == len(EDIT_FIELDS)
    assert set(FIELD_OF.values()) <= set(SHAPES[Kind.SERVICE_VISIT].__struct_fields__)


def test_two_values_of_one_field_of_one_voucher_stay_two_values() -> None:
    made = workload(devices=4)
    edits = [edit for each in made.edits.values() for edit in each] + made.office
    written = {(edit.id, edit.field, edit.value): value_of(edit) for edit in edits}
    assert len({(doc, field, value) for (doc, field, _), value in written.items()}) == len(written)
