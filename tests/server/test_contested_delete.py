"""What devices learn of a document that somebody deleted while somebody else wrote it."""

from schemas.registry import Kind
from tests.server.world import BANQIAO, CLERK, MANAGER, TECHNICIAN, World


async def test_d1_a_contested_delete_travels_as_rivals_so_that_a_device_shows_the_document(world: World) -> None:
    phone, desk = await world.enrolled(TECHNICIAN), await world.enrolled(CLERK)
    desk.write(Kind.CUSTOMER, "customer-one", {"unit": BANQIAO, "name": "陳美惠"})
    await desk.push()
    for each in (phone, desk):
        await each.pull()
    phone.write(Kind.CUSTOMER, "customer-one", {"phone": "0912-345-678"})
    desk.write(Kind.CUSTOMER, "customer-one", {"deleted": True})
    await desk.push(2)
    await phone.push()
    row = (await phone.pull())["customer-one"]
    assert (row.fields["deleted"], row.fields["phone"]) == (True, "0912-345-678")
    assert [write.author for write in row.rivals["deleted"]] == [CLERK.user]


async def test_d1_a_delete_that_nobody_contests_travels_without_rivals(world: World) -> None:
    desk, manager = await world.enrolled(CLERK), await world.enrolled(MANAGER)
    desk.write(Kind.CUSTOMER, "customer-one", {"unit": BANQIAO, "name": "陳美惠"})
    await desk.push()
    await manager.pull()
    manager.write(Kind.CUSTOMER, "customer-one", {"deleted": True})
    await manager.push()
    row = (await desk.pull())["customer-one"]
    assert row.fields["deleted"] is True
    assert "deleted" not in row.rivals
