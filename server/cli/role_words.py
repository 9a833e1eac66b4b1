"""The roles as the operator reads them on the console: the words of the glossary, as on every screen."""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.vocabulary import Role

ROLE_WORDS: Mapping[Role, str] = MappingProxyType(
    {
        Role.CLERK: "業務員",
        Role.TECHNICIAN: "技術員",
        Role.SERVICE_MANAGER: "服務主任",
        Role.BRANCH_MANAGER: "經理",
        Role.ACCOUNTANT: "會計員",
        Role.SERVICE_DEPARTMENT: "服務部",
        Role.VICE_GM: "副總經理",
        Role.AFTERSALES_MEMBER: "售後服務人員",
        Role.AFTERSALES_LEADER: "售後服務組長",
        Role.SALES_DIRECTOR: "銷售總監",
        Role.SALES_MANAGER: "銷售經理",
        Role.SALES_REP: "銷售人員",
        Role.MANAGEMENT_COMMITTEE: "管理委員會",
        Role.TECH_SUPPORT: "技術支撐部門",
        Role.HR: "勞動人事",
        Role.EMPLOYEE: "員工",
        Role.ADMIN: "管理員",
        Role.AUDITOR: "稽核員",
    }
)
