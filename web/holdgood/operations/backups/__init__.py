"""Backups: one sealed file of all rows, the same for both databases, and whole or not at all."""
