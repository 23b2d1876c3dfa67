"""How this app's events read on pages of the trail."""

SAID = {
    "measure.chart.exported": "took the chart of {measure} away as {as}",
    "measure.measure.defined": "defined the measure {name}",
    "measure.measure.redefined": "changed the definition",
    "measure.measure.retired": "retired the measure from {on}",
    "measure.measures.adopted": "took {rows} measures from the shipped catalogue",
    "measure.note.added": "noted: {text}",
    "measure.note.changed": "changed a note: {text}",
    "measure.note.put-back": "put a note back",
    "measure.note.removed": "took a note off",
    "measure.target.ended": "took a target back",
    "measure.target.set": "set a target of {value} from {from}",
    "observation.batch.added": "entered {rows} rows",
    "observation.batch.committed": "brought in {rows} rows",
    "observation.batch.discarded": "threw a file away unread into the numbers",
    "observation.batch.staged": "read the file {file}: {rows} rows to look at",
    "observation.batch.undone": "undid what was brought in",
}
