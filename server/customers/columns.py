"""The lists that can be taken in: what their columns may be called, what each holds, and what a row has to have."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from schemas.registry import Kind
from schemas.vocabulary import ListKind, RowFault
from server.customers.cells import (
    Field,
    RowFaultError,
    Value,
    count,
    first_moment,
    last_moment,
    long,
    money,
    phone,
    short,
    tax_id,
)

Said = Mapping[Kind, Mapping[str, Value]]
"""What a row says, kind by kind."""


class Column(Struct, frozen=True):
    """A field of a kind: the headings by which it is known, and how its cells are read."""

    kind: Kind
    field: str
    headings: tuple[str, ...]
    read: Callable[[str], Value]


_C, _A, _M = Kind.CUSTOMER, Kind.ASSET, Kind.MAINTENANCE_CONTRACT
_NAME, _NUMBER = (_C, "name"), (_M, "number")
_CUSTOMERS: Sequence[Column] = (
    Column(
        _C,
        "name",
        (
            "客戶名稱",
            "客戶姓名",
            "客戶全名",
            "客戶",
            "姓名",
            "名稱",
            "公司名稱",
            "客户名称",
            "客户姓名",
            "客户全名",
            "客户",
            "名称",
            "公司名称",
            "customer",
            "name",
        ),
        short,
    ),
    Column(
        _C,
        "phone",
        (
            "電話",
            "市話",
            "聯絡電話",
            "客戶電話",
            "電話號碼",
            "公司電話",
            "电话",
            "联系电话",
            "客户电话",
            "电话号码",
            "公司电话",
            "phone",
            "tel",
        ),
        phone,
    ),
    Column(
        _C,
        "mobile",
        ("手機", "行動電話", "手機號碼", "聯絡手機", "行動", "手机", "移动电话", "手机号码", "mobile"),
        phone,
    ),
    Column(
        _C,
        "address",
        (
            "地址",
            "住址",
            "客戶地址",
            "聯絡地址",
            "安裝地址",
            "通訊地址",
            "客户地址",
            "联系地址",
            "安装地址",
            "通讯地址",
            "address",
        ),
        short,
    ),
    Column(
        _C, "district", ("區", "地區", "行政區", "鄉鎮市區", "區域", "区", "地区", "行政区", "区域", "district"), short
    ),
    Column(_C, "tax_id", ("統一編號", "統編", "公司統編", "统一编号", "统编", "taxid"), tax_id),
    Column(_C, "note", ("客戶備註", "備註", "備註說明", "客户备注", "备注", "备注说明", "customernote", "note"), long),
    Column(
        _A,
        "product",
        ("商品", "品名", "產品", "產品名稱", "商品名稱", "機種", "产品", "产品名称", "商品名称", "机种", "product"),
        short,
    ),
    Column(
        _A, "model_no", ("型號", "機型", "規格型號", "產品型號", "型号", "机型", "规格型号", "产品型号", "model"), short
    ),
    Column(
        _A,
        "serial_no",
        (
            "序號",
            "機號",
            "產品序號",
            "製造序號",
            "機身號碼",
            "序号",
            "机号",
            "产品序号",
            "制造序号",
            "机身号码",
            "serial",
            "serialno",
        ),
        short,
    ),
    Column(
        _A,
        "sold_at",
        (
            "購買日期",
            "購買日",
            "銷售日期",
            "銷貨日期",
            "購入日期",
            "出貨日期",
            "购买日期",
            "购买日",
            "销售日期",
            "销货日期",
            "购入日期",
            "出货日期",
            "sold",
            "soldat",
        ),
        first_moment,
    ),
    Column(
        _A,
        "warranty_until",
        (
            "保證到期",
            "保固到期",
            "保證到期日",
            "保固到期日",
            "保證期限",
            "保固期限",
            "保固截止日",
            "保固至",
            "保证到期",
            "保修到期",
            "保修到期日",
            "保修至",
            "warranty",
            "warrantyuntil",
        ),
        last_moment,
    ),
    Column(_A, "note", ("商品備註", "產品備註", "商品备注", "产品备注", "productnote"), long),
)
"""What a list of customers and products may have."""

_WHOSE = frozenset({_NAME, (_C, "phone"), (_C, "mobile"), (_C, "tax_id")})
_WHICH = frozenset({(_A, "product"), (_A, "model_no"), (_A, "serial_no")})
_CONTRACTS: Sequence[Column] = (
    *(column for column in _CUSTOMERS if (column.kind, column.field) in _WHOSE | _WHICH),
    Column(
        _M,
        "number",
        (
            "契約編號",
            "契約號碼",
            "契約號",
            "合約編號",
            "合約號碼",
            "合約號",
            "保養契約編號",
            "保養合約編號",
            "合同编号",
            "合同号码",
            "合同号",
            "契约编号",
            "contract",
        ),
        short,
    ),
    Column(
        _M,
        "valid_from",
        (
            "起日",
            "契約起日",
            "合約起日",
            "起始日",
            "開始日",
            "開始日期",
            "生效日",
            "生效日期",
            "合同起日",
            "开始日",
            "开始日期",
            "from",
            "validfrom",
        ),
        first_moment,
    ),
    Column(
        _M,
        "valid_until",
        (
            "迄日",
            "契約迄日",
            "合約迄日",
            "到期日",
            "契約到期日",
            "合約到期日",
            "結束日",
            "結束日期",
            "止日",
            "合同止日",
            "结束日",
            "结束日期",
            "until",
            "validuntil",
        ),
        last_moment,
    ),
    Column(
        _M,
        "visits_included",
        (
            "包含次數",
            "次數",
            "保養次數",
            "服務次數",
            "契約次數",
            "合約次數",
            "保养次数",
            "服务次数",
            "包含次数",
            "次数",
            "合同次数",
            "visits",
        ),
        count,
    ),
    Column(
        _M,
        "extra_fee",
        ("超次費用", "超次費", "逾次費用", "加次費用", "超次金額", "超次费用", "超次费", "fee", "extrafee"),
        money,
    ),
    Column(
        _M,
        "note",
        ("契約備註", "合約備註", "備註", "備註說明", "合同备注", "备注", "备注说明", "contractnote", "note"),
        long,
    ),
)
"""What a list of contracts may have, a row for each product that one covers."""


def _customer_faults(said: Said) -> Iterator[RowFaultError]:
    customer, product = said.get(Kind.CUSTOMER, {}), said.get(Kind.ASSET, {})
    if "name" not in customer:
        yield RowFaultError(RowFault.NAME_MISSING, _NAME)
    if "phone" not in customer and "mobile" not in customer:
        yield RowFaultError(RowFault.PHONE_MISSING, (_C, "phone"))
    if product and "product" not in product and "model_no" not in product:
        yield RowFaultError(RowFault.PRODUCT_MISSING, (_A, "product"))
    if is_reversed(product.get("sold_at"), product.get("warranty_until")):
        yield RowFaultError(RowFault.DATES_REVERSED, (_A, "warranty_until"))


def _contract_faults(said: Said) -> Iterator[RowFaultError]:
    customer, contract = said.get(_C, {}), said.get(_M, {})
    if "number" not in contract:
        yield RowFaultError(RowFault.NUMBER_MISSING, _NUMBER)
    if "name" not in customer:
        yield RowFaultError(RowFault.NAME_MISSING, _NAME)
    if not customer.keys() & {"phone", "mobile", "tax_id"}:
        yield RowFaultError(RowFault.PHONE_MISSING, (_C, "phone"))
    if is_reversed(contract.get("valid_from"), contract.get("valid_until")):
        yield RowFaultError(RowFault.PERIOD_REVERSED, (_M, "valid_until"))


def is_reversed(first: Value | None, last: Value | None) -> bool:
    """Tell whether what is known to end at one instant begins after it."""
    return isinstance(first, int) and isinstance(last, int) and last < first


def spelling(heading: str) -> str:
    """Return a heading as it is compared: without case, spaces, signs, and what stands in brackets."""
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return re.sub(r"\(.*?\)|[\W_]", "", folded)


OF_WHAT_THE_ROW_IS_ABOUT = frozenset({"備註", "備註說明", "备注", "备注说明", "note"})
"""Headings that mean the product in a row with one, and the customer in any other."""


class ListShape(Struct, frozen=True):
    """A list that can be taken in: its columns by their headings, and what is wrong with a row that lacks something.

    A row of headings is known by the one for ``named_by``.
    """

    known: Mapping[str, Column]
    named_by: Field
    faults: Callable[[Said], Iterator[RowFaultError]]

    def is_heading(self, cell: str) -> bool:
        """Tell whether a cell is the heading of a column."""
        return spelling(cell) in self.known

    @property
    def heading(self) -> str:
        """How the column is called without which there is no such list."""
        return next(each.headings[0] for each in self.known.values() if (each.kind, each.field) == self.named_by)


def _by_heading(columns: Sequence[Column]) -> Mapping[str, Column]:
    return MappingProxyType({spelling(heading): column for column in columns for heading in column.headings})


LISTS: Mapping[ListKind, ListShape] = MappingProxyType(
    {
        ListKind.CUSTOMERS: ListShape(_by_heading(_CUSTOMERS), _NAME, _customer_faults),
        ListKind.CONTRACTS: ListShape(_by_heading(_CONTRACTS), _NUMBER, _contract_faults),
    }
)


def _fields(kind: Kind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.field for each in (*_CUSTOMERS, *_CONTRACTS) if each.kind is kind))


FIELDS: Mapping[Kind, tuple[str, ...]] = MappingProxyType({kind: _fields(kind) for kind in (_C, _A, _M)})
"""Kind to the fields of which lists speak."""
