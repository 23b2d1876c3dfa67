# Times one R peer on a CSV of series; prints one line of JSON.
#   Rscript peer.R NHSRplotthedots|qicharts2 FILE ROUNDS together|each
Sys.setenv(TZ = "UTC")
asked <- commandArgs(trailingOnly = TRUE)
peer <- asked[1]
if (!requireNamespace(peer, quietly = TRUE)) {
  cat(sprintf('{"skipped":"%s is not installed"}\n', peer))
  quit(status = 0)
}
suppressPackageStartupMessages(library(peer, character.only = TRUE))
data <- read.csv(asked[2], stringsAsFactors = FALSE)
data$date <- as.Date(data$date)
each <- split(data, data$series)
draw <- list(
  NHSRplotthedots = list(
    together = function() ptd_spc(data, value, date, series),
    each = function() for (one in each) ptd_spc(one, value, date)
  ),
  qicharts2 = list(
    together = function() qic(date, value, data = data, facets = ~series, chart = "i", return.data = TRUE),
    each = function() for (one in each) qic(date, value, data = one, chart = "i", return.data = TRUE)
  )
)[[peer]][[asked[4]]]
seconds <- min(vapply(seq_len(as.integer(asked[3])), function(round) system.time(draw())[["elapsed"]], numeric(1)))
cat(sprintf('{"version":"%s","points":%d,"seconds":%.6f}\n', packageVersion(peer), nrow(data), seconds))
