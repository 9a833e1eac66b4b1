"""Hello, push, pull, offer, live: the sync protocol's server side (sync/SPEC.md, section 8)."""
