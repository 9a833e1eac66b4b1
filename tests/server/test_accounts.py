"""Signing in, sessions, passwords."""

from tests.server.world import PASSWORD, TECHNICIAN, World, proven


async def test_whoever_signs_in_is_known_by_the_cookie_alone(world: World) -> None:
    browser = await world.client()
    told = proven(await browser.post("/api/session", json={"login": TECHNICIAN.login, "password": PASSWORD})).json()
    assert (told["user"], told["device"]) == (TECHNICIAN.user, None)
    assert proven(await browser.get("/api/session")).json() == told
