"""Who is measured, and what of him; nothing here needs what only `make peers` installs."""

from collections.abc import Mapping
from types import MappingProxyType

ADAPTERS: Mapping[str, str] = MappingProxyType(
    {
        "kinto-memory": "kinto.KintoInMemory",
        "kinto-postgresql": "kinto.KintoOnPostgres",
        "pouchdb-server": "pouchdb.PouchDbServer",
        "actual-sync-server": "actual.ActualServer",
        "rxdb-server": "rxdb.RxDbServer",
        "hocuspocus-yjs": "yjs.HocuspocusYjs",
        "floor": "floor.Floor",
        "fieldproof-sqlite": "fieldproof.Fieldproof",
        "fieldproof-postgresql": "fieldproof.FieldproofOnPostgres",
    }
)
"""Who is measured, by name: module and class; imported alone, for each needs other libraries."""

MEASURES = ("workload", "one_by_one", "many_records")
