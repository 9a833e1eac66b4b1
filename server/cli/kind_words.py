"""The kinds of documents as the operator reads them on the console: the words of the glossary, as on every screen."""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.registry import Kind

KIND_WORDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.UNIT: "單位",
        Kind.USER: "人員",
        Kind.ROLE_GRANT: "職務",
        Kind.DEVICE: "裝置",
        Kind.CUSTOMER: "客戶",
        Kind.ASSET: "商品",
        Kind.SERVICE_VOUCHER: "服務憑證",
        Kind.SERVICE_CALL: "叫修",
        Kind.DISPATCH: "派工",
        Kind.SERVICE_VISIT: "服務紀錄",
        Kind.SIGNATURE: "簽名",
        Kind.PHOTO: "照片",
        Kind.BUSINESS_HOURS: "服務時間",
        Kind.CALENDAR_DAY: "特別的日子",
        Kind.RECONCILIATION: "日終核對",
        Kind.DISTRICT: "地區",
        Kind.MAINTENANCE_CONTRACT: "保養契約",
        Kind.COVERED_ASSET: "契約商品",
        Kind.SIGNATURE_COPY: "客戶副本",
        Kind.CONTACT_ATTEMPT: "聯絡紀錄",
        Kind.ADMIN_TIME: "行政工時",
        Kind.ABSENCE: "請假",
        Kind.UNIT_SETTINGS: "單位設定",
        Kind.PRESET: "常用語",
        Kind.FEE_ITEM: "費用項目",
    }
)
"""Kind to its word, total over ``Kind``."""
