"""Who did what, when and why: append-only, chained, tamper-evident. Actor, place and thing are ids and words."""
