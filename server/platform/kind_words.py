"""The kinds of documents by the words of the glossary, as on every screen."""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.registry import Kind
from schemas.sentences import Sentence

KIND_WORDS: Mapping[Kind, Sentence] = MappingProxyType(
    {
        Kind.UNIT: Sentence("單位", "单位", "unit"),
        Kind.USER: Sentence("人員", "人员", "person"),
        Kind.ROLE_GRANT: Sentence("職務", "职务", "role"),
        Kind.DEVICE: Sentence("裝置", "设备", "device"),
        Kind.CUSTOMER: Sentence("客戶", "客户", "customer"),
        Kind.ASSET: Sentence("商品", "商品", "product"),
        Kind.SERVICE_VOUCHER: Sentence("服務憑證", "服务凭证", "service voucher"),
        Kind.SERVICE_CALL: Sentence("叫修", "报修", "call"),
        Kind.DISPATCH: Sentence("派工", "派工", "dispatch"),
        Kind.SERVICE_VISIT: Sentence("服務紀錄", "服务记录", "visit entry"),
        Kind.SIGNATURE: Sentence("簽名", "签名", "signature"),
        Kind.PHOTO: Sentence("照片", "照片", "photo"),
        Kind.BUSINESS_HOURS: Sentence("服務時間", "服务时间", "business hours"),
        Kind.CALENDAR_DAY: Sentence("特別的日子", "特殊日子", "special day"),
        Kind.RECONCILIATION: Sentence("日終核對", "日终核对", "reconciliation"),
        Kind.DISTRICT: Sentence("地區", "地区", "district"),
        Kind.MAINTENANCE_CONTRACT: Sentence("保養契約", "保养合同", "maintenance contract"),
        Kind.COVERED_ASSET: Sentence("契約商品", "合同商品", "covered product"),
        Kind.SIGNATURE_COPY: Sentence("客戶副本", "客户副本", "Customer’s copy"),
        Kind.CONTACT_ATTEMPT: Sentence("聯絡紀錄", "联系记录", "Contact"),
        Kind.ADMIN_TIME: Sentence("行政工作", "行政工作", "Admin work"),
        Kind.ABSENCE: Sentence("請假", "请假", "Leave"),
        Kind.UNIT_SETTINGS: Sentence("單位設定", "单位设置", "unit settings"),
        Kind.PRESET: Sentence("常用語", "常用语", "phrase"),
        Kind.FEE_ITEM: Sentence("費用項目", "费用项目", "fee item"),
    }
)
"""Kind to its word, total over ``Kind``."""
