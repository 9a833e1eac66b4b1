"""How the kinds, fields and values of a customer's data are called: by the words of the screens."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from schemas.registry import Kind
from schemas.rules.arrival import COMPANY_ZONE
from schemas.scalars import is_instant
from schemas.vocabulary import (
    BreachReason,
    Category,
    Channel,
    ContactChannel,
    ContactResult,
    Place,
    Priority,
    SignerRole,
    UndoneNext,
    UndoneReason,
    UnsignedReason,
    VisitOutcome,
    VoucherOrigin,
    Zone,
)

KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.CUSTOMER: "客戶",
        Kind.ASSET: "商品",
        Kind.SERVICE_VOUCHER: "服務憑證",
        Kind.MAINTENANCE_CONTRACT: "保養契約",
        Kind.COVERED_ASSET: "契約商品",
        Kind.SERVICE_CALL: "叫修",
        Kind.DISPATCH: "派工",
        Kind.SERVICE_VISIT: "服務紀錄",
        Kind.CONTACT_ATTEMPT: "聯絡紀錄",
        Kind.SIGNATURE: "簽名",
        Kind.SIGNATURE_COPY: "客戶副本",
        Kind.PHOTO: "照片",
    }
)
"""Every kind that can belong to a customer, in the order in which it is handed out."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "accuracy": "位置誤差",
        "action": "處理",
        "address": "地址",
        "agreed_for": "客戶希望的時間",
        "amended_at": "簽後修改時間",
        "amended_by": "簽後修改的人",
        "amended_reason": "簽後修改原因",
        "appointment_at": "約定時間",
        "arrived_accuracy": "到達位置誤差",
        "arrived_at": "到達時間",
        "arrived_clock_offset_ms": "手機時鐘差",
        "arrived_corrected_by": "更正到達時間的人",
        "arrived_latitude": "到達位置緯度",
        "arrived_longitude": "到達位置經度",
        "arrived_reason": "更正到達時間的原因",
        "arrived_stamped_at": "手機記的到達時間",
        "asset": "商品",
        "at": "時間",
        "breach_note": "逾時說明",
        "breach_reason": "逾時原因",
        "call": "叫修",
        "cancelled_at": "取消時間",
        "cancelled_by": "取消派工的人",
        "cancelled_reason": "取消派工的原因",
        "caption": "說明",
        "category": "類別",
        "category_reason": "保證期內改為有費的原因",
        "channel": "管道",
        "checked_out_at": "攜出時間",
        "checked_out_to": "攜出的人",
        "closed_at": "結案時間",
        "closed_by": "結案的人",
        "confirmed_at": "主任確認時間",
        "confirmed_by": "確認的主任",
        "confirmed_note": "怎麼確認的",
        "confirmed_sha256": "確認內容指紋",
        "contact_name": "叫修人",
        "contact_phone": "聯絡電話",
        "content": "簽的內容",
        "content_sha256": "內容指紋",
        "contract": "保養契約",
        "customer": "客戶",
        "deleted": "刪除",
        "device": "裝置",
        "device_signature": "裝置簽章",
        "dispatched_at": "派工時間",
        "dispatched_by": "派工的人",
        "district": "地區",
        "due_at": "到達時限",
        "duplicate_of": "重複於",
        "en_route_at": "出發時間",
        "erased_at": "刪除個資時間",
        "expires_at": "有效到",
        "extra_fee": "超次費用",
        "fault": "故障",
        "fee_total": "費用",
        "filed_at": "歸檔時間",
        "finished_at": "完成時間",
        "height": "高",
        "image_sha256": "圖檔",
        "latitude": "緯度",
        "logged_at": "登記時間",
        "logged_by": "登記的人",
        "longitude": "經度",
        "merged_at": "合併時間",
        "merged_by": "合併的人",
        "merged_into": "合併到",
        "mobile": "手機",
        "model_no": "型號",
        "name": "名稱",
        "note": "備註",
        "number": "號碼",
        "opened_at": "建立時間",
        "origin": "來源",
        "outcome": "結果",
        "phone": "電話",
        "planned_at": "預定時間",
        "priority": "優先派工",
        "product": "品名",
        "proposed_by": "提議的人",
        "proposed_for": "提議的時間",
        "proposed_technician": "提議派給",
        "provisional_number": "臨時號碼",
        "received_at": "叫修時間",
        "received_reason": "改叫修時間的原因",
        "result": "聯絡結果",
        "retired_at": "停用時間",
        "role": "職務",
        "secret": "連結密碼",
        "serial_no": "序號",
        "signature": "簽名",
        "signed_at": "簽名時間",
        "signer_name": "簽名的人",
        "size": "檔案大小",
        "sold_at": "購買日期",
        "strokes_sha256": "筆跡",
        "symptom": "情形",
        "taken_at": "拍攝時間",
        "tax_id": "統一編號",
        "technician": "技術員",
        "template": "格式",
        "undone_next": "接下來",
        "undone_note": "無法完成的說明",
        "undone_reason": "無法完成的原因",
        "undone_wish_at": "客戶希望的時間",
        "unit": "單位",
        "unsigned_note": "沒簽的說明",
        "unsigned_reason": "沒簽的原因",
        "user": "人員",
        "valid_from": "起日",
        "valid_until": "迄日",
        "visit": "服務紀錄",
        "visits_included": "包含次數",
        "warranty_until": "保證到期",
        "width": "寬",
        "withdrawn_at": "撤銷時間",
        "withdrawn_by": "撤銷的人",
        "withdrawn_reason": "撤銷原因",
        "zone": "市區或郊區",
        "zone_reason": "改市區或郊區的原因",
    }
)
"""Field to its word: total over the fields of those kinds."""

VALUES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "category": {
            Category.PAID: "有費",
            Category.CONTRACT: "契約",
            Category.WARRANTY: "免費",
            Category.ADMIN: "行政",
        },
        "channel": {
            Channel.PHONE: "電話",
            Channel.LETTER: "信件",
            Channel.WEB: "網頁",
            Channel.EMAIL: "電子郵件",
            Channel.COUNTER: "臨櫃",
            ContactChannel.MESSAGE: "訊息",
            ContactChannel.DOOR: "到現場",
        },
        "zone": {Zone.URBAN: "市區", Zone.SUBURBAN: "郊區"},
        "outcome": {
            VisitOutcome.FIXED: "修好",
            VisitOutcome.NO_FAULT: "無異常",
            VisitOutcome.FOLLOW_UP: "要再來",
            VisitOutcome.NOT_REPAIRED: "不修了",
        },
        "unsigned_reason": {UnsignedReason.ABSENT: "客戶不在", UnsignedReason.REFUSED: "客戶不簽"},
        "origin": {VoucherOrigin.AT_SALE: "售出時建立", VoucherOrigin.AT_CALL: "叫修時建立"},
        "breach_reason": {
            BreachReason.TRAFFIC: "交通",
            BreachReason.EARLIER_JOB: "前一件延誤",
            BreachReason.NOBODY_FREE: "人手不足",
            BreachReason.WAITED_FOR_PARTS: "等零件",
            BreachReason.CUSTOMER_ASKED: "客戶要求晚到",
            BreachReason.WRONG_ADDRESS: "地址有誤",
            BreachReason.WEATHER: "天候",
            BreachReason.OTHER: "其他",
        },
        "priority": {Priority.NORMAL: "一般", Priority.CARRIED_OVER: "優先派工"},
        "result": {
            ContactResult.REACHED: "聯絡到了",
            ContactResult.NO_ANSWER: "沒聯絡到",
            ContactResult.REFUSED_CALL: "不便談",
            ContactResult.ASKED_LATER: "要改時間",
        },
        "undone_reason": {
            UndoneReason.CUSTOMER_ABSENT: "客戶不在",
            UndoneReason.NO_PARTS: "沒有零件",
            UndoneReason.NEEDS_WORKSHOP: "現場修不好",
            UndoneReason.NEEDS_SECOND_PERSON: "要兩個人",
            UndoneReason.NO_ACCESS: "進不去或不安全",
            UndoneReason.PRICE_DECLINED: "未同意報價",
            UndoneReason.OTHER: "其他",
        },
        "undone_next": {
            UndoneNext.SEND_AGAIN: "再派一次",
            UndoneNext.CUSTOMERS_TIME: "改約時間",
            UndoneNext.WORKSHOP: "攜回修護",
            UndoneNext.GIVE_UP: "不修了",
        },
        "role": {
            SignerRole.CUSTOMER: "本人",
            SignerRole.FAMILY: "家人",
            SignerRole.COLLEAGUE: "同事",
            SignerRole.GUARD: "大樓管理員",
            SignerRole.OTHER_PERSON: "其他人",
        },
        "place": {Place.FIELD: "在現場", Place.OFFICE: "在辦公室"},
    }
)
"""Field to the words of its values."""

_DAYS = frozenset({"sold_at", "warranty_until", "valid_from", "valid_until"})
_MONEY = frozenset({"fee_total", "extra_fee"})
_DEGREES = frozenset({"latitude", "longitude", "arrived_latitude", "arrived_longitude"})
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO, _MINOR = 1_000_000, 100


def value_words(field: str, value: object, names: Mapping[str, str]) -> str:
    """Return a value as people read it; ``names`` is id to name, for people, units and products."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return _number(field, value)
    text = str(value)
    return VALUES.get(field, {}).get(text) or names.get(text, text)


def _number(field: str, value: int) -> str:
    if field in _DAYS:
        return moment(value).partition(" ")[0]
    if is_instant(field):
        return moment(value)
    if field in _MONEY:
        whole, rest = divmod(value, _MINOR)
        return f"{whole:,}.{rest:02}" if rest else f"{whole:,}"
    return f"{value / _MICRO:.6f}" if field in _DEGREES else str(value)


def moment(at: int) -> str:
    """Return an instant by the company's clock, as tables write it."""
    try:
        told = (_BEGINNING + timedelta(milliseconds=at)).astimezone(ZoneInfo(COMPANY_ZONE))
    except OverflowError:  # a clock that nobody set right
        return str(at)
    return f"{told:%Y/%m/%d %H:%M}"
