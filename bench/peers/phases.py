"""What is measured of everybody, one phase after the other."""

import asyncio
import random
import re
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.lines import percentile
from bench.peers.accounting import Cost, costing, folder_bytes
from bench.peers.adapter import Adapter, Found, Question
from bench.peers.ratios import Numbers
from bench.peers.wire import Tally
from bench.peers.workload import OFFICE, Create, Edit, Workload, encoded, vouchers, workload

AT_ONCE = 8
"""Devices that upload at the same time."""

POLLERS = 50
SINGLES = 64
"""Clients that send one record a request: as many as one commit of ours may hold."""

SMALL_BATCH = 20
LISTENED_EDITS = 200
LOADED_AT_ONCE = 5_000
FRESH = "fresh"


@dataclass
class Run:
    """One server with the workload on it, phase by phase; each phase adds what it measured."""

    adapter: Adapter
    devices: int = 50
    listened: int = LISTENED_EDITS
    poll_seconds: int = 5
    many: int = 100_000
    work: Workload = field(init=False)
    cursor: Any = None
    results: dict[str, Numbers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.work = workload(self.devices)

    async def everything(self) -> dict[str, Numbers]:
        """Push, first sync, listening, polling and rivals on one server."""
        await self.adapter.set_up(self.work.creates)
        self.results["push"] = await self._push()
        self.results["first_sync"] = await self._first_sync()
        _, self.cursor = await self.adapter.first_sync(self.adapter.line(OFFICE), OFFICE)
        self.results["live"] = await self._live()
        self.results["anything_new"] = await self._anything_new()
        self.results["rivals"] = await self._rivals()
        return self.results

    async def _push(self) -> Numbers:
        for who, creates in self.work.creates.items():
            self.adapter.prepare(who, creates)
        count, json_bytes = len(self.work.records), self.work.json_bytes
        with costing(self.adapter.servers()) as cost:
            tally = await _each(self.adapter, self.work.creates, self.adapter.push)
        with costing(self.adapter.servers()) as beside:
            files = await _each(
                self.adapter, self.work.creates, lambda line, who, _: self.adapter.push_files(line, who)
            )
        return {
            "records": count,
            "records_per_s": count / cost.seconds,
            "records_with_files_per_s": count / (cost.seconds + beside.seconds),
            "up_bytes_per_record": (tally.up + files.up) / count,
            "up_bytes_per_record_without_files": tally.up / count,
            "json_bytes_per_record": json_bytes / count,
            "requests": tally.requests + files.requests,
            "disk_mb": folder_bytes(self.adapter.work) / 2**20,
            **_costs(cost, tally),
        }

    async def _first_sync(self) -> Numbers:
        codings = [None, None, None, *self.adapter.encodings]
        tries = [await _downloaded(self.adapter, len(self.work.records), coding) for coding in codings]
        return {
            "records": len(self.work.records),
            **_fastest(tries),
            "smallest_mb": min(each["down_mb"] for each in tries),
        }

    async def _live(self) -> Numbers:
        """Let one device edit, one edit at a time; measure from its push until the office has the value."""
        device = next(iter(self.work.edits))
        ids = sorted({edit.id for edit in self.work.edits[device]})
        begin = max(create.at for create in self.work.records)
        edits = [
            Edit(device, ids[number % len(ids)], begin + 1 + number, "note", f"即時更新第{number}次")
            for number in range(self.listened)
        ]
        listening = _Listening(self.adapter, self.cursor)
        await self.adapter.listen(listening.line, self.cursor)
        line, pushes, visible, after = self.adapter.line(device), [], [], []
        chance = random.Random(3)
        with costing(self.adapter.servers()) as cost:
            for edit in edits:
                self.adapter.prepare_edits(device, [edit])
                waiting = asyncio.create_task(listening.until(edit))
                await asyncio.sleep(0.01 + chance.random() * 0.02)
                began = time.perf_counter()
                await self.adapter.push_edits(line, device, [edit])
                answered = time.perf_counter()
                seen = await asyncio.wait_for(waiting, 30)
                pushes.append(answered - began)
                visible.append(seen - began)
                after.append(max(0.0, seen - answered))
        self.cursor = listening.cursor
        return {
            "edits": len(edits),
            "told_by": "server" if self.adapter.live else "polling",
            **_milliseconds("visible", visible),
            **_milliseconds("push", pushes),
            **_milliseconds("answer_to_office", after),
            "server_cpu_s": cost.server_cpu_s,
            "client_cpu_s": cost.client_cpu_s,
            "load": cost.load,
        }

    async def _anything_new(self) -> Numbers:
        _, self.cursor = await self.adapter.changes(self.adapter.line(OFFICE), self.cursor, wait=False)
        runs = [await self._polled() for _ in range(3)]
        return sorted(runs, key=lambda run: run["requests_per_s"])[1]

    async def _polled(self) -> Numbers:
        with costing(self.adapter.servers()) as cost:
            asked = await self.adapter.poll_many(self.poll_seconds, POLLERS)
            if asked is not None:
                latencies, seconds = asked
                told = {"requests_per_s": len(latencies) / seconds, **_milliseconds("answer", latencies)}
            else:
                question = self.adapter.question(self.cursor)
                headers = {**self.adapter.headers(OFFICE), **question.headers}
                told = await asyncio.to_thread(_wrk, self.adapter.port, question, headers, self.poll_seconds)
        return told | {"server_cpu_s": cost.server_cpu_s, "load": cost.load}

    async def _rivals(self) -> Numbers:
        """Let the office edit first and then every device, without each other; count what became of every value."""
        await self.adapter.first_sync(self.adapter.line(OFFICE), OFFICE)
        self.adapter.prepare_edits(OFFICE, self.work.office)
        for who, edits in self.work.edits.items():
            self.adapter.prepare_edits(who, edits)
        await self.adapter.push_edits(self.adapter.line(OFFICE), OFFICE, self.work.office)
        count = sum(map(len, self.work.edits.values()))
        with costing(self.adapter.servers()) as cost:
            tally = await _each(self.adapter, self.work.edits, self.adapter.push_edits)
        edits = [edit for edits in self.work.edits.values() for edit in edits]
        ids = sorted({edit.id for edit in (*edits, *self.work.office)})
        found = await self.adapter.found(self.adapter.line("reader"), ids)
        return {"edits_per_s": count / cost.seconds, **_costs(cost, tally), **_fates(edits, self.work.office, found)}


async def one_by_one(adapter: Adapter) -> Numbers:
    """Measure one record a request by 64 clients, after one batch of 20 for its size."""
    made = workload(SINGLES + 1).creates
    taken = {who: [create for create in creates if create.kind == "voucher"] for who, creates in made.items()}
    await adapter.set_up(taken)
    first, *others = taken
    small = taken[first][:SMALL_BATCH]
    adapter.prepare(first, small)
    size = Tally()
    await adapter.push(adapter.line(first, size), first, small)
    singles = {who: taken[who] for who in others}
    for who, creates in singles.items():
        for create in creates:
            adapter.prepare(who, [create])

    async def each_alone(line: Any, who: str, creates: Sequence[Create]) -> None:  # noqa: ANN401 - see Adapter.line
        for create in creates:
            await adapter.push(line, who, [create])

    count = sum(map(len, singles.values()))
    with costing(adapter.servers()) as cost:
        tally = await _each(adapter, singles, each_alone, SINGLES)
    up = size.up / len(small)
    json_bytes = sum(create.json_bytes for create in small) / len(small)
    return {
        "records_per_s": count / cost.seconds,
        "clients": SINGLES,
        "batch_of_20_up_bytes_per_record": up,
        "batch_of_20_over_json": up / json_bytes,
        **_costs(cost, tally),
    }


async def many_records(adapter: Adapter, count: int) -> Numbers:
    """Fill a server with vouchers, then measure a fresh client's first sync of all of them."""
    await adapter.set_up(["import"])
    line = adapter.line("import")
    with costing(adapter.servers()) as loading:
        for portion in _portions(vouchers(count), LOADED_AT_ONCE):
            adapter.prepare("import", portion)
            await adapter.push(line, "import", portion)
    await asyncio.sleep(1)
    tries = [await _downloaded(adapter, count, coding) for coding in (None, *adapter.encodings)]
    return {
        "records": count,
        "loaded_records_per_s": count / loading.seconds,
        **_fastest(tries),
        "smallest_mb": min(each["down_mb"] for each in tries),
        "peak_mb": max(each["peak_mb"] for each in tries),
        "grown_mb": max(each["grown_mb"] for each in tries),
    }


class _Listening:
    """The office's own connection, waiting for one value after the other."""

    def __init__(self, adapter: Adapter, cursor: Any) -> None:  # noqa: ANN401 - see Adapter
        self.adapter, self.cursor = adapter, cursor
        self.line = adapter.line(OFFICE)

    async def until(self, edit: Edit) -> float:
        """Return when the edit's value was there."""
        while True:
            got, self.cursor = await self.adapter.changes(self.line, self.cursor, wait=self.adapter.live)
            if got.get(edit.id, {}).get(edit.field) == edit.value:
                return time.perf_counter()
            if not self.adapter.live:
                await asyncio.sleep(0)


async def _each(
    adapter: Adapter,
    work: Mapping[str, Sequence[Any]],
    deed: Callable[[Any, str, Sequence[Any]], Awaitable[None]],
    at_once: int = AT_ONCE,
) -> Tally:
    tally, waiting = Tally(), [*work.items()][::-1]

    async def worker() -> None:
        while waiting:
            who, items = waiting.pop()
            line = adapter.line(who, tally)
            await deed(line, who, items)
            line.close()

    await asyncio.gather(*(worker() for _ in range(at_once)))
    return tally


async def _downloaded(adapter: Adapter, count: int, coding: str | None) -> Numbers:
    tally = Tally()
    line = adapter.line(FRESH, tally, coding)
    with costing(adapter.servers()) as cost:
        got, _ = await adapter.first_sync(line, FRESH)
    line.close()
    if got != count:
        raise RuntimeError(f"{adapter.name}: {got} records of {count} came")
    return {
        "seconds": cost.seconds,
        "request_seconds": sum(tally.seconds),
        "records_per_server_cpu_s": count / cost.server_cpu_s if cost.server_cpu_s else None,
        "down_mb": tally.down / 1e6,
        "coding": coding or "identity",
        "server_cpu_s": cost.server_cpu_s,
        "client_cpu_s": cost.client_cpu_s,
        "peak_mb": cost.peak_bytes / 2**20,
        "grown_mb": cost.grown_bytes / 2**20,
        "load": cost.load,
    }


def _fastest(tries: Sequence[Numbers]) -> Numbers:
    """Return the median try of the coding with which a client had everything soonest."""
    by_coding: dict[str, list[Numbers]] = {}
    for each in tries:
        by_coding.setdefault(each["coding"], []).append(each)
    medians = [sorted(each, key=lambda one: one["seconds"])[len(each) // 2] for each in by_coding.values()]
    return min(medians, key=lambda one: one["seconds"])


def _costs(cost: Cost, tally: Tally) -> Numbers:
    return {
        "seconds": cost.seconds,
        **_milliseconds("request", tally.seconds),
        "server_cpu_s": cost.server_cpu_s,
        "client_cpu_s": cost.client_cpu_s,
        "server_peak_mb": cost.peak_bytes / 2**20,
        "load": cost.load,
    }


def _milliseconds(name: str, seconds: Sequence[float]) -> Numbers:
    ordered = sorted(seconds)
    if not ordered:
        return {}
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {f"{name}_{share}_ms": 1e3 * percentile(ordered, of) for share, of in shares.items()}


def _fates(devices: Sequence[Edit], office: Sequence[Edit], found: Mapping[str, Found]) -> Numbers:
    counted = {"current": 0, "retrievable": 0, "lost": 0}
    for edit in (*devices, *office):
        counted[_fate(edit, found[edit.id])] += 1
    others = [edit for edit in office if not edit.rival]
    rivals = [edit for edit in office if edit.rival]
    return {
        "values": len(devices) + len(office),
        **counted,
        "of_300_others_current": sum(_fate(edit, found[edit.id]) == "current" for edit in others),
        "others": len(others),
        "rivals": len(rivals),
        "rivals_shown": sum(_holds(found[edit.id].shown_rivals, edit) for edit in rivals),
    }


def _fate(edit: Edit, found: Found) -> str:
    if found.current.get(edit.field) == edit.value:
        return "current"
    return "retrievable" if _holds(found.others, edit) else "lost"


def _holds(records: Sequence[Mapping[str, Any]], edit: Edit) -> bool:
    return any(edit.field in record and record[edit.field] == edit.value for record in records)


def _portions(creates: Iterator[Create], size: int) -> Iterator[list[Create]]:
    portion: list[Create] = []
    for create in creates:
        portion.append(create)
        if len(portion) == size:
            yield portion
            portion = []
    if portion:
        yield portion


_WRK_DONE = """done = function(summary, latency, requests)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("\\nRESULT %d %d %d %d %d %d %d\\n", summary.requests, summary.duration, failed,
    summary.errors.status, latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end"""


def _wrk(port: int, question: Question, headers: Mapping[str, str], seconds: float) -> Numbers:
    """Ask from 50 kept-alive connections; raises ``RuntimeError`` where the answers were refusals."""
    script = [f"wrk.method = {_lua(question.method)}"]
    script += [f"wrk.headers[{_lua(name)}] = {_lua(value)}" for name, value in headers.items()]
    if question.body is not None:
        script.append('wrk.body = "' + "".join(f"\\{byte:03d}" for byte in question.body) + '"')
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write("\n".join([*script, _WRK_DONE]))
        file.flush()
        command = ["wrk", "-t1", f"-c{POLLERS}", f"-d{seconds}s", "--timeout", "10s", "-s", file.name]
        url = f"http://127.0.0.1:{port}{question.path}"
        told = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    result = re.search(r"RESULT (.*)", told)
    if result is None:
        raise RuntimeError(told)
    count, micros, failed, refused, p50, p95, p99 = map(int, result.group(1).split())
    if refused or failed:
        raise RuntimeError(f"{refused} answers refused and {failed} connections failed of {count}")
    rate = count / micros * 1e6
    return {"requests_per_s": rate, "answer_p50_ms": p50 / 1e3, "answer_p95_ms": p95 / 1e3, "answer_p99_ms": p99 / 1e3}


def _lua(text: str) -> str:
    return encoded(text).decode()
