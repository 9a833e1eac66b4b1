"""The histories themselves: a law over histories in which nothing happens would prove nothing."""

from collections import Counter

from sync.document import asks, is_deleted, rivals
from tests.laws.history import MERGE_RULES_OF, seeded

PLAYED = 60


def test_the_played_histories_contain_what_the_laws_speak_of() -> None:
    found: Counter[str] = Counter()
    for seed in range(PLAYED):
        history = seeded(seed)
        found.update(history.deeds)
        found["came back"] += sum(each.again for each in history.server.log.values())
        found["left standing"] += sum(bool(truth.sight.left) for truth in history.truths.values())
        for (kind, _), document in history.shown().items():
            found["rivals"] += len(rivals(document))
            found["asked"] += len(asks(document, MERGE_RULES_OF[kind]))
            found["contested"] += len(document.contested)
            found["deleted"] += is_deleted(document)
    rare = {what: count for what, count in found.items() if count < PLAYED // 20}
    assert rare == {}
    assert found.keys() >= {"renamed", "restore", "clone", "devices put back", "held", "answers lost", "groups"}


def test_a_history_is_the_same_again_from_the_same_bytes() -> None:
    assert seeded(7).server.log == seeded(7).server.log
