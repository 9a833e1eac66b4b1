"""Merging duplicates over HTTP (docs/API.md)."""

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from schemas.kinds.customers import Asset, Customer
from schemas.office import Merged, MergeInto
from schemas.vocabulary import Role
from server.audit.log import Doer
from server.calls.merging import merge, unmerge
from server.platform.access import only, opt
from server.platform.caller import Caller
from server.platform.path_parameters import IdInPath
from server.records.journal import Journal


class Duplicates(Controller):
    """Customers and products that turn out to be one."""

    path = "/api"
    opt = opt(only(Role.CLERK, Role.SERVICE_MANAGER, Role.BRANCH_MANAGER, Role.SERVICE_DEPARTMENT))

    @post("/customers/{customer:str}/merge", status_code=200)
    async def merge_customer(
        self,
        customer: IdInPath,
        data: JSONBody[MergeInto],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> Merged:
        """Let a duplicate of a customer stand for the one that stays (F013)."""
        stays = await journal.write(
            caller.company, lambda work: merge(work, caller, doer, Customer, customer, data.into)
        )
        return Merged(stays)

    @post("/customers/{customer:str}/unmerge", status_code=204)
    async def unmerge_customer(
        self,
        customer: IdInPath,
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Let a customer who was merged stand for himself again."""
        await journal.write(caller.company, lambda work: unmerge(work, caller, doer, Customer, customer))

    @post("/assets/{asset:str}/merge", status_code=200)
    async def merge_asset(
        self,
        asset: IdInPath,
        data: JSONBody[MergeInto],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> Merged:
        """Let a duplicate of a product stand for the one that stays, and retire its voucher (F014)."""
        stays = await journal.write(caller.company, lambda work: merge(work, caller, doer, Asset, asset, data.into))
        return Merged(stays)

    @post("/assets/{asset:str}/unmerge", status_code=204)
    async def unmerge_asset(
        self,
        asset: IdInPath,
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Let a product that was merged stand for itself again, with its own voucher."""
        await journal.write(caller.company, lambda work: unmerge(work, caller, doer, Asset, asset))
