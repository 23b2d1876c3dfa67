"""Who sees what: every page, asked by everybody, with canaries in all that is written down."""
