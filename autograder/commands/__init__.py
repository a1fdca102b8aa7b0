"""The commands of the engine: check, explain, catalog."""
