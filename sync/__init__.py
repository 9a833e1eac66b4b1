"""The heart: positions, registers, merge, chains, digest; pure, without clock, I/O or randomness (see SPEC.md)."""
