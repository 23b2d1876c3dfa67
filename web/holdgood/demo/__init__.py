"""The demonstration: an invented trust and its people, the same each time from its seed."""
