"""The lists that can be taken in: what their columns may be called, what each holds, and what a row has to have."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from schemas.registry import Kind
from schemas.vocabulary import ListKind, RowFault
from server.customers.cells import Field, RowFaultError, Value, first_moment, last_moment, long, phone, short, tax_id

Said = Mapping[Kind, Mapping[str, Value]]
"""What a row says, kind by kind."""


class Column(Struct, frozen=True):
    """A field of a kind: the headings by which it is known, and how its cells are read."""

    kind: Kind
    field: str
    headings: tuple[str, ...]
    read: Callable[[str], Value]


_C, _A = Kind.CUSTOMER, Kind.ASSET
_NAME = (_C, "name")
_CUSTOMERS: Sequence[Column] = (
    Column(_C, "name", ("客戶名稱", "客戶姓名", "客戶全名", "客戶", "姓名", "名稱", "公司名稱", "name"), short),
    Column(_C, "phone", ("電話", "市話", "聯絡電話", "客戶電話", "電話號碼", "公司電話", "phone", "tel"), phone),
    Column(_C, "mobile", ("手機", "行動電話", "手機號碼", "聯絡手機", "行動", "mobile"), phone),
    Column(_C, "address", ("地址", "住址", "客戶地址", "聯絡地址", "安裝地址", "通訊地址", "address"), short),
    Column(_C, "district", ("區", "地區", "行政區", "鄉鎮市區", "區域", "district"), short),
    Column(_C, "tax_id", ("統一編號", "統編", "公司統編", "taxid"), tax_id),
    Column(_C, "note", ("客戶備註", "備註", "備註說明", "note"), long),
    Column(_A, "product", ("商品", "品名", "產品", "產品名稱", "商品名稱", "機種", "product"), short),
    Column(_A, "model_no", ("型號", "機型", "規格型號", "產品型號", "model"), short),
    Column(_A, "serial_no", ("序號", "機號", "產品序號", "製造序號", "機身號碼", "serial"), short),
    Column(_A, "sold_at", ("購買日期", "購買日", "銷售日期", "銷貨日期", "購入日期", "出貨日期"), first_moment),
    Column(
        _A,
        "warranty_until",
        ("保證到期", "保固到期", "保證到期日", "保固到期日", "保證期限", "保固期限", "保固截止日", "保固至"),
        last_moment,
    ),
    Column(_A, "note", ("商品備註", "產品備註"), long),
)
"""What a list of customers and products may have."""


def _customer_faults(said: Said) -> Iterator[RowFaultError]:
    customer, product = said.get(Kind.CUSTOMER, {}), said.get(Kind.ASSET, {})
    if "name" not in customer:
        yield RowFaultError(RowFault.NAME_MISSING, _NAME)
    if "phone" not in customer and "mobile" not in customer:
        yield RowFaultError(RowFault.PHONE_MISSING, (_C, "phone"))
    if product and "product" not in product and "model_no" not in product:
        yield RowFaultError(RowFault.PRODUCT_MISSING, (_A, "product"))
    sold, until = product.get("sold_at"), product.get("warranty_until")
    if isinstance(sold, int) and isinstance(until, int) and until < sold:
        yield RowFaultError(RowFault.DATES_REVERSED, (_A, "warranty_until"))


def spelling(heading: str) -> str:
    """Return a heading as it is compared: without case, spaces, signs, and what stands in brackets."""
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return re.sub(r"\(.*?\)|[\W_]", "", folded)


OF_WHAT_THE_ROW_IS_ABOUT = frozenset({"備註", "備註說明", "note"})
"""Headings that mean the product in a row with one, and the customer in any other."""


class ListShape(Struct, frozen=True):
    """A list that can be taken in: its columns by their headings, and what is wrong with a row that lacks something.

    A row of headings is known by the one for ``named_by``.
    """

    known: Mapping[str, Column]
    named_by: Field
    faults: Callable[[Said], Iterator[RowFaultError]]

    @property
    def heading(self) -> str:
        """How the column is called without which there is no such list."""
        return next(each.headings[0] for each in self.known.values() if (each.kind, each.field) == self.named_by)


def _by_heading(columns: Sequence[Column]) -> Mapping[str, Column]:
    return MappingProxyType({spelling(heading): column for column in columns for heading in column.headings})


LISTS: Mapping[ListKind, ListShape] = MappingProxyType(
    {ListKind.CUSTOMERS: ListShape(_by_heading(_CUSTOMERS), _NAME, _customer_faults)}
)

FIELDS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {kind: tuple(dict.fromkeys(each.field for each in _CUSTOMERS if each.kind is kind)) for kind in (_C, _A)}
)
"""Kind to the fields of which lists speak."""
