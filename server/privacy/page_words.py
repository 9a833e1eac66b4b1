"""What stands around a customer's data: the sentences of its page and the heads of its tables.

A name in braces stands for a fact of that name. They speak to the customer.
"""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.registry import Kind
from schemas.sentences import Sentence

KINDS = (
    Kind.CUSTOMER,
    Kind.ASSET,
    Kind.SERVICE_VOUCHER,
    Kind.MAINTENANCE_CONTRACT,
    Kind.COVERED_ASSET,
    Kind.SERVICE_CALL,
    Kind.DISPATCH,
    Kind.SERVICE_VISIT,
    Kind.CONTACT_ATTEMPT,
    Kind.SIGNATURE,
    Kind.SIGNATURE_COPY,
    Kind.PHOTO,
)
"""Every kind that can belong to a customer, in the order in which it is handed out."""

TITLE = Sentence("{name}的個人資料", "{name}的个人信息", "Personal data of {name}")
INTRODUCTION = Sentence(
    "{made_at} 從公司的服務系統匯出。這裡是公司留著的、跟您有關的所有資料，不必連網就能看。"
    "每一類另有一個 CSV 檔，用試算表開啟；data.json 給程式讀。",
    "{made_at} 从公司的服务系统导出。这里是公司保留的、与您有关的所有数据，不用联网就能看。"
    "每一类另有一个 CSV 文件，用表格软件打开；data.json 给程序读。",
    "Exported from the company’s service system on {made_at}. This is everything that the company keeps about you; it "
    "opens without a network. Each kind also has a CSV file for a spreadsheet; data.json is for programs.",
)
COUNTED = Sentence("{what}（{count}）", "{what}（{count}）", "{what} ({count})")
WRITTEN = Sentence("誰在什麼時候寫了什麼", "谁在什么时候写了什么", "Who wrote what and when")
PAIR = Sentence("{field}：{value}", "{field}：{value}", "{field}: {value}")
SEPARATOR = Sentence("；", "；", "; ")
BLANK = Sentence("（空白）", "（空白）", "(blank)")
YES = Sentence("是", "是", "yes")
NO = Sentence("否", "否", "no")
FILE_MISSING = Sentence("檔案不在系統裡", "文件不在系统里", "The file is not in the system")

HEADS: Mapping[str, Sentence] = MappingProxyType(
    {
        "id": Sentence("編號", "编号", "ID"),
        "received_at": Sentence("收到時間", "收到时间", "Received"),
        "author": Sentence("誰", "谁", "Who"),
        "place": Sentence("在哪裡", "在哪里", "Where"),
        "kind": Sentence("種類", "种类", "Kind"),
        "fields": Sentence("寫了什麼", "写了什么", "What was written"),
        "verdict": Sentence("結果", "结果", "Result"),
    }
)
"""What the columns of operations, and of ids, are called that are no fields."""

VERDICTS: Mapping[str, Sentence] = MappingProxyType(
    {
        "applied": Sentence("已採用", "已采用", "Counts"),
        "held": Sentence("待處理或未採用", "待处理或未采用", "Waiting or not used"),
    }
)
"""Whether an operation counts, total over the verdicts that the log keeps."""
