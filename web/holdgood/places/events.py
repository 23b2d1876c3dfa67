"""How this app's events read on pages of the trail."""

SAID = {
    "access.list.exported": "took the list “{list}” away as {as}: {rows} rows",
    "access.review.closed": "closed the access review",
    "access.review.decided": "reviewed roles: {kept} kept, {ended} ended",
    "access.review.opened": "opened an access review of {holdings} roles",
    "place.place.changed": "changed what is known of the place",
    "place.place.closed": "closed the place on {on}",
    "place.place.moved": "moved the place to {in} from {on}",
    "place.place.opened": "opened {name}",
    "place.places.opened": "opened {rows} places",
    "role.cover.ended": "ended cover on {until}",
    "role.cover.set": "set cover from {from} until {until}",
    "role.holding.ended": "ended a role on {until}",
    "role.holding.extended": "put off the end of a role",
    "role.holding.given": "gave the role {role} from {from}",
    "role.holdings.given": "gave {rows} roles",
    "share.share.ended": "ended a share on {until}",
    "share.share.given": "shared it until {until}",
}
