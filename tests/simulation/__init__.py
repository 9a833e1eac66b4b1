"""Devices, people and faults against the real server core, with every clock, message and choice injected."""
