"""Pages of measures: one function a page."""
