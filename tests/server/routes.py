"""The application's own table of routes: what is generated from it cannot forget a new one."""

import re
from collections.abc import Iterator

import httpx
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from msgspec import Struct

from schemas.vocabulary import Role
from server.app import Parts, build_app
from server.platform.access import ACCESS, Access, Need
from server.platform.ambient import RealAmbient
from server.platform.settings import Settings
from tests.server.world import problem


class Route(Struct, frozen=True):
    """One thing that can be asked of the application."""

    method: str
    path: str
    access: Access | None

    @property
    def name(self) -> str:
        return f"{self.method} {plain(self.path)}"

    @property
    def roles(self) -> frozenset[Role]:
        return self.access.roles if self.access else frozenset()

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the path's variable parts."""
        return tuple(re.findall(r"\{(\w+):", self.path))

    async def ask(self, browser: httpx.AsyncClient) -> httpx.Response:
        path = re.sub(r"\{.*?\}", "some-id", re.sub(r"\{\w+:int\}", "1", self.path))
        return await browser.request(self.method, path, content=b"{}")

    async def refusal(self, browser: httpx.AsyncClient) -> tuple[int, str]:
        """Return status and code; an answer to HEAD has no body to name its code."""
        answer = await self.ask(browser)
        return (answer.status_code, "") if self.method == "HEAD" else problem(answer)


def routes_of(app: Litestar) -> Iterator[Route]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                yield from _routes(route, handler)


def _routes(route: HTTPRoute, handler: HTTPRouteHandler) -> Iterator[Route]:
    for method in handler.http_methods - {"OPTIONS"}:
        yield Route(method, route.path, handler.opt.get(ACCESS))


def plain(path: str) -> str:
    """Return a route's path with its variable parts left blank."""
    return re.sub(r"\{.*?\}", "{}", path)


ROUTES = sorted(routes_of(build_app(Parts(Settings(), RealAmbient()))), key=lambda route: route.name)
GUARDED = [route for route in ROUTES if route.access and route.access.need is not Need.NOTHING]
