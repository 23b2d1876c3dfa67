"""What pages are made of: shell, forms, lists, messages, errors, and the headers they leave with."""
