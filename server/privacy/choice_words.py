"""How what is chosen out of a list is called in a customer's data: by the words of the screens."""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.sentences import Sentence
from schemas.vocabulary import (
    BreachReason,
    Category,
    Channel,
    ContactChannel,
    ContactResult,
    Place,
    Priority,
    Role,
    SignerRole,
    UndoneNext,
    UndoneReason,
    UnsignedReason,
    VisitOutcome,
    VoucherOrigin,
    Zone,
)
from server.records.ledger import SERVER

VALUES: Mapping[str, Mapping[str, Sentence]] = MappingProxyType(
    {
        "category": {
            Category.PAID: Sentence("有費", "有偿", "Paid"),
            Category.CONTRACT: Sentence("契約", "合同", "Contract"),
            Category.WARRANTY: Sentence("免費", "免费", "Free"),
            Category.ADMIN: Sentence("行政", "行政", "Admin"),
        },
        "channel": {
            Channel.PHONE: Sentence("電話", "电话", "Phone"),
            Channel.LETTER: Sentence("信件", "信件", "Letter"),
            Channel.WEB: Sentence("網頁", "网页", "Web"),
            Channel.EMAIL: Sentence("電子郵件", "电子邮件", "Email"),
            Channel.COUNTER: Sentence("臨櫃", "柜台", "Counter"),
            ContactChannel.MESSAGE: Sentence("訊息", "短信", "Message"),
            ContactChannel.DOOR: Sentence("到現場", "上门", "At the door"),
        },
        "zone": {
            Zone.URBAN: Sentence("市區", "市区", "Urban"),
            Zone.SUBURBAN: Sentence("郊區", "郊区", "Suburban"),
        },
        "outcome": {
            VisitOutcome.FIXED: Sentence("修好", "修好", "Fixed"),
            VisitOutcome.NO_FAULT: Sentence("無異常", "无异常", "No fault"),
            VisitOutcome.FOLLOW_UP: Sentence("要再來", "要再来", "Come again"),
            VisitOutcome.NOT_REPAIRED: Sentence("不修了", "不修了", "Not repaired"),
        },
        "unsigned_reason": {
            UnsignedReason.ABSENT: Sentence("客戶不在", "客户不在", "Customer absent"),
            UnsignedReason.REFUSED: Sentence("客戶不簽", "客户不签", "Customer refused"),
        },
        "origin": {
            VoucherOrigin.AT_SALE: Sentence("售出時建立", "售出时建立", "Created at sale"),
            VoucherOrigin.AT_CALL: Sentence("叫修時建立", "报修时建立", "Created at call"),
        },
        "breach_reason": {
            BreachReason.TRAFFIC: Sentence("交通", "交通", "Traffic"),
            BreachReason.EARLIER_JOB: Sentence("前一件延誤", "前一件延误", "Earlier job ran over"),
            BreachReason.NOBODY_FREE: Sentence("人手不足", "人手不足", "Nobody free"),
            BreachReason.WAITED_FOR_PARTS: Sentence("等零件", "等零件", "Waited for parts"),
            BreachReason.CUSTOMER_ASKED: Sentence("客戶要求晚到", "客户要求晚到", "Customer asked for later"),
            BreachReason.WRONG_ADDRESS: Sentence("地址有誤", "地址有误", "Wrong address"),
            BreachReason.WEATHER: Sentence("天候", "天气", "Weather"),
            BreachReason.OTHER: Sentence("其他", "其他", "Other"),
        },
        "priority": {
            Priority.NORMAL: Sentence("一般", "一般", "normal"),
            Priority.CARRIED_OVER: Sentence("優先派工", "优先派工", "priority dispatch"),
        },
        "result": {
            ContactResult.REACHED: Sentence("聯絡到了", "联系上了", "Reached"),
            ContactResult.NO_ANSWER: Sentence("沒聯絡到", "没联系上", "Not reached"),
            ContactResult.REFUSED_CALL: Sentence("不便談", "不便谈", "Could not talk"),
            ContactResult.ASKED_LATER: Sentence("要改時間", "要改时间", "Wants another time"),
        },
        "undone_reason": {
            UndoneReason.CUSTOMER_ABSENT: Sentence("客戶不在", "客户不在", "Customer absent"),
            UndoneReason.NO_PARTS: Sentence("沒有零件", "没有配件", "Part missing"),
            UndoneReason.NEEDS_WORKSHOP: Sentence("現場修不好", "现场修不好", "Needs the workshop"),
            UndoneReason.NEEDS_SECOND_PERSON: Sentence("要兩個人", "要两个人", "Needs two people"),
            UndoneReason.NO_ACCESS: Sentence("進不去或不安全", "进不去或不安全", "No access or unsafe"),
            UndoneReason.PRICE_DECLINED: Sentence("未同意報價", "未同意报价", "Quote not accepted"),
            UndoneReason.OTHER: Sentence("其他", "其他", "Other"),
        },
        "undone_next": {
            UndoneNext.SEND_AGAIN: Sentence("再派一次", "再派一次", "Send again"),
            UndoneNext.CUSTOMERS_TIME: Sentence("改約時間", "改约时间", "Another time"),
            UndoneNext.WORKSHOP: Sentence("攜回修護", "带回修理", "Take in for repair"),
            UndoneNext.GIVE_UP: Sentence("不修了", "不修了", "No repair"),
        },
        "role": {
            SignerRole.CUSTOMER: Sentence("本人", "本人", "Customer"),
            SignerRole.FAMILY: Sentence("家人", "家人", "Family"),
            SignerRole.COLLEAGUE: Sentence("同事", "同事", "Colleague"),
            SignerRole.GUARD: Sentence("大樓管理員", "物业保安", "Building guard"),
            SignerRole.OTHER_PERSON: Sentence("其他人", "其他人", "Somebody else"),
        },
        "place": {
            Place.FIELD: Sentence("在現場", "在现场", "in the field"),
            Place.OFFICE: Sentence("在辦公室", "在办公室", "in the office"),
        },
    }
)
"""Field to the words of its values."""

ROLES: Mapping[str, Sentence] = MappingProxyType(
    {
        Role.CLERK: Sentence("業務員", "业务员", "Service clerk"),
        Role.TECHNICIAN: Sentence("技術員", "技术员", "Technician"),
        Role.SERVICE_MANAGER: Sentence("服務主任", "服务主任", "Service manager"),
        Role.BRANCH_MANAGER: Sentence("經理", "经理", "Branch manager"),
        Role.ACCOUNTANT: Sentence("會計員", "会计员", "Accountant"),
        Role.SERVICE_DEPARTMENT: Sentence("服務部", "服务部", "Service department"),
        Role.VICE_GM: Sentence("副總經理", "副总经理", "Vice general manager"),
        Role.AFTERSALES_MEMBER: Sentence("售後服務人員", "售后服务人员", "After-sales member"),
        Role.AFTERSALES_LEADER: Sentence("售後服務組長", "售后服务组长", "After-sales leader"),
        Role.SALES_DIRECTOR: Sentence("銷售總監", "销售总监", "Sales director"),
        Role.SALES_MANAGER: Sentence("銷售經理", "销售经理", "Sales manager"),
        Role.SALES_REP: Sentence("銷售人員", "销售人员", "Sales rep"),
        Role.MANAGEMENT_COMMITTEE: Sentence("管理委員會", "管理委员会", "Management committee"),
        Role.TECH_SUPPORT: Sentence("技術支撐部門", "技术支撑部门", "Technical support"),
        Role.HR: Sentence("勞動人事", "劳动人事", "HR"),
        Role.EMPLOYEE: Sentence("員工", "员工", "Employee"),
        Role.ADMIN: Sentence("管理員", "管理员", "Administrator"),
        Role.AUDITOR: Sentence("稽核員", "稽核员", "Auditor"),
        SERVER: Sentence("系統", "系统", "System"),
    }
)
"""In which role somebody wrote, total over ``Role``; the system writes in none."""
