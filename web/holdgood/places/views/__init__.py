"""Pages of places, people and roles."""
