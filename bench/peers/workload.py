"""What fifty technicians do in a day, the same for everybody who is measured: made of a seed, byte for byte."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

SEED = 20_260_101
DEVICES = 50
VOUCHERS, CARDS, SIGNATURES = 40, 10, 40
"""What each device captures: vouchers of 25 fields, repair cards with part lines, signatures as strokes."""

EDIT_FIELDS = (
    "status",
    "fault_desc",
    "work_done",
    "labour_fee",
    "parts_fee",
    "note",
    "customer_phone",
    "finished_at",
    "visit_address",
    "technician",
    "payment_method",
    "next_visit",
)
"""Fields of a voucher that are changed afterwards; every new value is unique, so that a lost one can be proved."""

OFFICE = "office"

_BEGIN_MS = 1_760_000_000_000
_OFFICE_EDITS_EVERY, _ON_THE_SAME_FIELD_EVERY = 5, 4
_SURNAMES = "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高"
_GIVEN = "志明淑芬俊傑美玲家豪雅婷建宏怡君冠宇佩珊宗翰欣怡承恩詩涵柏翰雅雯彥廷筱涵"
_CITIES = ("臺北市大安區", "新北市板橋區", "桃園市中壢區", "臺中市西屯區", "臺南市東區", "高雄市左營區", "新竹市北區")
_ROADS = ("忠孝東路", "中山北路", "民生路", "復興南路", "中正路", "文化路", "和平西路", "建國三路", "光復路", "自由路")
_PRODUCTS = ("變頻分離式冷氣機", "滾筒洗衣機", "對開門電冰箱", "瞬熱式電熱水器", "除濕機", "商用製冰機", "抽油煙機")
_BRANDS = ("大同", "聲寶", "東元", "國際牌", "日立", "禾聯", "三洋", "櫻花")
_FAULTS = (
    "室外機運轉異音並有明顯震動",
    "開機後約十分鐘自動斷電",
    "冷媒壓力不足導致不冷",
    "排水管堵塞造成室內機漏水",
    "控制面板無反應且按鍵失靈",
    "壓縮機無法啟動，疑似電容故障",
    "脫水時劇烈晃動並顯示錯誤代碼",
    "出水溫度忽冷忽熱",
)
_WORKS = (
    "清潔濾網並更換啟動電容",
    "重新抽真空並補充冷媒",
    "更換排水馬達及止回閥",
    "更新主機板韌體並校正感測器",
    "拆機清洗後測試運轉正常",
    "更換軸承與皮帶並調整水平",
)
_PARTS = (
    "啟動電容",
    "排水馬達",
    "主機板",
    "溫度感測器",
    "冷媒 R32",
    "軸承組",
    "止回閥",
    "濾網",
    "風扇馬達",
    "控制面板",
)
_NOTES = (
    "客戶希望下午三點後聯絡",
    "請由後門進入，社區需換證",
    "已告知保固條款，客戶同意",
    "需攜帶長梯",
    "下次保養建議為六個月後",
)


@dataclass(frozen=True)
class Create:
    """A record that somebody captured; ``doc`` is what a peer keeps as one document."""

    by: str
    kind: str
    id: str
    at: int
    doc: dict[str, Any]

    @property
    def json_bytes(self) -> int:
        """What the document is as JSON, in bytes of UTF-8."""
        return len(encoded(self.doc))


@dataclass(frozen=True)
class Edit:
    """One field of a voucher that somebody changed; ``rival`` where the other side changed the same one."""

    by: str
    id: str
    at: int
    field: str
    value: Any
    rival: bool = False


@dataclass
class Workload:
    """Everything that is done, by who does it; the office's edits and the devices' were made without each other."""

    creates: dict[str, list[Create]] = field(default_factory=dict)
    edits: dict[str, list[Edit]] = field(default_factory=dict)
    office: list[Edit] = field(default_factory=list)

    @property
    def records(self) -> list[Create]:
        """Every record, device by device."""
        return [create for creates in self.creates.values() for create in creates]

    @property
    def json_bytes(self) -> int:
        """All records as JSON, in bytes."""
        return sum(create.json_bytes for create in self.records)


def encoded(value: object) -> bytes:
    """Return compact JSON in UTF-8, as every peer is sent it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def workload(devices: int = DEVICES, seed: int = SEED) -> Workload:
    """Return the workload of so many devices."""
    return _Author(seed).everything(devices)


def vouchers(count: int, seed: int = 7) -> Iterator[Create]:
    """Yield vouchers alone, by one importer: what a first sync of many records downloads."""
    author = _Author(seed)
    for number in range(count):
        yield Create("import", "voucher", author.id(), _BEGIN_MS + number, author.voucher("im", number))


class _Author:
    """Makes one thing after the other of one stream of chance."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._at = _BEGIN_MS
        self._tag = 0

    def everything(self, devices: int) -> Workload:
        made = Workload()
        for number in range(devices):
            device = f"d{number:02d}"
            made.creates[device] = self._captured(device)
        count = 0
        for device, creates in made.creates.items():
            made.edits[device] = []
            for voucher in (create.id for create in creates if create.kind == "voucher"):
                edits, office = self._edited(device, voucher, count)
                made.edits[device] += edits
                made.office += office
                count += 1
        return made

    def _captured(self, device: str) -> list[Create]:
        made = [
            Create(device, "voucher", self.id(), self._next(), self.voucher(device, number))
            for number in range(VOUCHERS)
        ]
        own = [create.id for create in made]
        for number in range(CARDS):
            doc = self._card(device, number, own[number % len(own)])
            made.append(Create(device, "card", self.id(), self._next(), doc))
        for number in range(SIGNATURES):
            doc = self._signature(own[number % len(own)])
            made.append(Create(device, "signature", self.id(), self._next(), doc))
        return made

    def _edited(self, device: str, voucher: str, count: int) -> tuple[list[Edit], list[Edit]]:
        fields = self._chance.sample(EDIT_FIELDS, 4)
        own = [Edit(device, voucher, self._next(), each, self._value(each)) for each in fields[:3]]
        if count % _OFFICE_EDITS_EVERY:
            return own, []
        rival = (count // _OFFICE_EDITS_EVERY) % _ON_THE_SAME_FIELD_EVERY == 0
        name = fields[self._chance.randrange(3)] if rival else fields[3]
        at = self._at + self._chance.choice((500, -2_500))  # neither side is always the later one
        return own, [Edit(OFFICE, voucher, at, name, self._value(name), rival)]

    def _next(self) -> int:
        self._at += 1_000
        return self._at

    def id(self) -> str:
        text = f"{self._chance.getrandbits(128):032x}"
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"

    def voucher(self, device: str, number: int) -> dict[str, Any]:
        chance = self._chance
        model = f"{chance.choice(('RAS', 'WM', 'NR', 'EH'))}-{chance.randrange(100, 999)}{chance.choice('ABX')}"
        return {
            "voucher_no": f"SV-{device}-{number:06d}",
            "branch": chance.choice(("北一區", "北二區", "中區", "南區")),
            "status": chance.choice(("待派工", "處理中")),
            "priority": chance.choice(("一般", "急件")),
            "created_at": self._day(),
            "customer_name": self._name(),
            "customer_phone": self._phone(),
            "visit_address": self._address(),
            "product": chance.choice(_PRODUCTS),
            "brand": chance.choice(_BRANDS),
            "model": model,
            "serial_no": f"{chance.getrandbits(48):012X}",
            "bought_on": self._day()[:10],
            "in_warranty": chance.random() < 0.4,
            "fault_desc": "；".join(chance.sample(_FAULTS, 2)),
            "work_done": "，".join(chance.sample(_WORKS, 2)),
            "labour_fee": chance.randrange(3, 30) * 100,
            "parts_fee": chance.randrange(80) * 50,
            "tax_rate": 5,
            "payment_method": chance.choice(("現金", "信用卡", "月結")),
            "technician": self._name(),
            "arrived_at": self._day(),
            "finished_at": None,
            "next_visit": None,
            "note": "。".join(chance.sample(_NOTES, 3)),
        }

    def _card(self, device: str, number: int, voucher: str) -> dict[str, Any]:
        chance = self._chance
        return {
            "card_no": f"RC-{device}-{number:05d}",
            "voucher_id": voucher,
            "received_at": self._day(),
            "promised_on": self._day()[:10],
            "diagnosis": chance.choice(_FAULTS),
            "technician": self._name(),
            "bench": chance.choice("ABCDE"),
            "status": chance.choice(("待料", "維修中", "待測試")),
            "note": chance.choice(_NOTES),
            "parts": [self._part() for _ in range(chance.randrange(3, 7))],
        }

    def _part(self) -> dict[str, Any]:
        chance = self._chance
        return {
            "part": chance.choice(_PARTS),
            "sku": f"P{chance.randrange(10**6):06d}",
            "qty": chance.randrange(1, 4),
            "price": chance.randrange(1, 60) * 50,
            "lot": f"L{chance.randrange(10**5):05d}",
        }

    def _signature(self, voucher: str) -> dict[str, Any]:
        """Return strokes as a canvas records them: each point [x, y, milliseconds since the stroke began]."""
        x, y = self._chance.randrange(20, 60), self._chance.randrange(60, 120)
        strokes = []
        for _ in range(self._chance.randrange(7, 10)):
            stroke = self._stroke(x, y)
            strokes.append(stroke)
            x = max(0, min(599, stroke[-1][0] + self._chance.randrange(-30, 30)))
            y = self._chance.randrange(40, 160)
        return {
            "voucher_id": voucher,
            "signer": self._name(),
            "signed_at": self._day(),
            "w": 600,
            "h": 200,
            "strokes": strokes,
        }

    def _stroke(self, x: int, y: int) -> list[list[int]]:
        chance, at, points = self._chance, 0, []
        dx, dy = chance.uniform(-3, 6), chance.uniform(-4, 4)
        for _ in range(chance.randrange(26, 36)):
            points.append([x, y, at])
            dx, dy = dx + chance.uniform(-1.5, 1.5), dy + chance.uniform(-1.5, 1.5)
            x, y = max(0, min(599, x + round(dx))), max(0, min(199, y + round(dy)))
            at += chance.choice((8, 8, 8, 9, 16))
        return points

    def _value(self, name: str) -> Any:  # noqa: ANN401 - whatever the field holds
        self._tag += 1
        chance, tag = self._chance, self._tag
        if name in ("labour_fee", "parts_fee"):
            return 100_000 + tag
        if name in ("finished_at", "next_visit"):
            return f"{self._day()[:19]}.{tag:06d}+08:00"
        texts = {
            "status": "已完成",
            "fault_desc": chance.choice(_FAULTS),
            "work_done": chance.choice(_WORKS),
            "note": chance.choice(_NOTES),
            "customer_phone": self._phone(),
            "visit_address": self._address(),
            "technician": self._name(),
            "payment_method": "轉帳",
        }
        return f"{texts[name]}（{tag}）"

    def _name(self) -> str:
        return self._chance.choice(_SURNAMES) + "".join(self._chance.sample(_GIVEN, 2))

    def _phone(self) -> str:
        chance = self._chance
        return f"09{chance.randrange(100):02d}-{chance.randrange(1000):03d}-{chance.randrange(1000):03d}"

    def _address(self) -> str:
        chance = self._chance
        road = f"{chance.choice(_CITIES)}{chance.choice(_ROADS)}{chance.randrange(1, 6)}段"
        return f"{road}{chance.randrange(1, 400)}號{chance.randrange(1, 20)}樓"

    def _day(self) -> str:
        month, day, hour, minute = (self._chance.randrange(*span) for span in ((1, 13), (1, 29), (8, 20), (60,)))
        return f"2025-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:00+08:00"


def by_document(edits: Sequence[Edit]) -> dict[str, list[Edit]]:
    """Return edits gathered by the record that they change, in their order."""
    gathered: dict[str, list[Edit]] = {}
    for edit in edits:
        gathered.setdefault(edit.id, []).append(edit)
    return gathered
