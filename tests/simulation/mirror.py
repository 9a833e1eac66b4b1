"""The other language: what was played means the same to the phone's core (see pwa/tests/core/played.ts)."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from server.records.branches import epochs_of
from server.records.ledger import Key, Logged
from server.records.memory_ledger import MemoryState
from server.records.recorder import stamped
from sync.chain import genesis
from sync.digest import combine, row_digest
from sync.reading import read
from sync.write import StampedOperation
from tests.laws.meaning import seen
from tests.simulation.promises import Promise, applied, hold, past_of
from tests.simulation.world import World

APP = Path(__file__).parent.parent.parent / "pwa"
COMMAND = (str(Path(sys.executable).with_name("node")), "build/play_along.ts")


class Mirror:
    """The phone's core in a process of its own, which answers line by line; :meth:`close` ends it."""

    def __init__(self, app: Path = APP) -> None:
        self._process = subprocess.Popen(COMMAND, cwd=app, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=-1)

    def check(self, world: World) -> None:
        """Check that a history which has ended means the same in both languages."""
        state = world.host.state
        documents, chains = applied(state), _chains(state)
        said = self._ask(_told(state, documents, chains))
        for (key, logged), meant in zip(documents.items(), said["documents"], strict=True):
            here = seen(state.documents[key].document, key[0])
            for there in meant if is_in_order(state, logged) else meant[:2]:
                hold(here == there, Promise.BOTH, key, "means", here, "here and", there, "there")
        for (actor, chain), there in zip(chains.items(), said["chains"], strict=True):
            heads = {chain[-1].head, there["head"]} if chain else {genesis(state.actors[actor].record), there["head"]}
            hold(len(heads) == 1, Promise.BOTH, "the chain of", actor, "ends differently:", heads)
            faults = [read(each.payload).fault for each in chain]
            hold(faults == there["faults"], Promise.BOTH, "faults of", actor, faults, "here and", there["faults"])
        digest = combine(row_digest(key[0], key[1], stored.position) for key, stored in state.documents.items())
        hold(digest == said["digest"], Promise.BOTH, "the digests differ")

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _ask(self, told: object) -> dict[str, Any]:
        reader, writer = self._process.stdout, self._process.stdin
        if reader is None or writer is None:
            raise RuntimeError("the process has no pipes")
        writer.write(msgspec.json.encode(told) + b"\n")
        writer.flush()
        line = reader.readline()
        if not line:
            raise RuntimeError(f"{COMMAND} ended with {self._process.wait()}")
        said: dict[str, Any] = json.loads(line)
        return said


def is_in_order(state: MemoryState, logged: list[Logged]) -> bool:
    """Tell whether operations were admitted in the order of their positions, each once and in its actor's epoch."""
    epochs = epochs_of(state.head)
    return all(
        not each.readmitted and epochs.get(each.epoch) == state.actors[each.dot.actor].record.epoch for each in logged
    )


def _chains(state: MemoryState) -> dict[str, list[Logged]]:
    """Return each actor's chain up to its first hole: of the server's own, devices may have had only some (SPEC H7)."""
    chains: dict[str, list[Logged]] = {actor: [] for actor in sorted(state.actors)}
    for dot in sorted(state.log):
        if dot.seq == len(chains[dot.actor]) + 1:
            chains[dot.actor].append(state.log[dot])
    return chains


def _told(
    state: MemoryState, documents: Mapping[Key, list[Logged]], chains: Mapping[str, list[Logged]]
) -> dict[str, Any]:
    return {
        "lineage": (*state.lineage, *state.branches),
        "ancestry": past_of(state).ancestry,
        "documents": [
            {
                "kind": key[0].value,
                "in_order": is_in_order(state, logged),
                "operations": [_operation(stamped(each)) for each in logged],
            }
            for key, logged in documents.items()
        ],
        "chains": [
            {"actor": state.actors[actor].record, "payloads": [each.payload.hex() for each in chain]}
            for actor, chain in chains.items()
        ],
        "rows": [(key[0].value, key[1], stored.position) for key, stored in state.documents.items()],
    }


def _operation(operation: StampedOperation) -> dict[str, Any]:
    origin = operation.origin
    return {
        "dot": origin.dot,
        "positions": origin.positions,
        "base": origin.base,
        "place": origin.place,
        "effective_at": origin.effective_at,
        "fields": operation.fields,
        "resolve": operation.resolve,
        "over": operation.over,
    }
