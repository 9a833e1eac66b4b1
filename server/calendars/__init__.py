"""When units work: their usual week, the dates that differ from it, and which districts are near."""
