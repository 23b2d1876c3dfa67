"""Journeys in a real browser: few, whole, and with an eye on who cannot use a mouse, a large screen or scripts."""
