"""What the products of visits are covered by (1-1; F002, F003)."""

from collections import defaultdict
from collections.abc import Sequence

from schemas.kinds.contracts import CoveredAsset, MaintenanceContract
from schemas.kinds.customers import Asset
from schemas.kinds.visits import ServiceVisit
from schemas.rules.category import Cover
from server.records.documents import Documents, Found
from server.records.fixed_ids import id_about
from server.records.merged import families_of


def covered_asset_id(contract: str, asset: str) -> str:
    """Return the id under which a product stands in a contract's list: two people who add it write one document."""
    return id_about("covered-asset", contract, asset)


async def covers_of(documents: Documents, visits: Sequence[Found[ServiceVisit]]) -> dict[str, Cover]:
    """Return by each visit's id the warranty and the contracts of its product; a contract of another unit is none.

    A product that was merged has those of the one that stays, and is listed where any of the two is (ADR 42).
    """
    served = {visit.shown.asset for visit in visits if visit.shown.asset}
    assets, heads = await families_of(documents, Asset, served)
    listed = await documents.children(CoveredAsset, "asset", tuple(assets.values()))
    named = await documents.where(
        MaintenanceContract, "id", {each.shown.contract for each in listed if each.shown.contract}
    )
    known = {each.id: each.shown for each in named}
    contracts: defaultdict[str, list[MaintenanceContract]] = defaultdict(list)
    for each in listed:
        contract = known.get(each.shown.contract or "")
        if contract is not None and contract.unit == each.shown.unit:
            contracts[heads[each.shown.asset or ""]].append(contract)
    covers = {asset: Cover(assets[head].shown, tuple(contracts[head])) for asset, head in heads.items()}
    return {visit.id: covers.get(visit.shown.asset or "", Cover()) for visit in visits}
