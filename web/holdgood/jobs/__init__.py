"""Background work as rows of the same database, so that asking for work is part of the transaction that needs it.

Asking: `tasks`. Running: `worker` > `runner` > `queue`, with `context` for tasks that take long. Mail: `outbox`.
What recurs: `recurring`. Jobs that were given up: `actions`.
"""
