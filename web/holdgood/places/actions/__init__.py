"""Every write of this app: the tree, roles held in it, cover, shares, access reviews."""
