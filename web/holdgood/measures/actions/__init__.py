"""Every write of this app: definitions and targets, what was counted, what happened."""
