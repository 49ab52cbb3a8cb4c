# Sensitivity, specificity and predictive values with Wilson intervals, by epiR (Debian: r-cran-epir).
suppressMessages(library(epiR))
rows <- read.csv(file("stdin"))
thresholds <- as.numeric(commandArgs(trailingOnly = TRUE))
rates <- c("se", "sp", "pv.pos", "pv.neg")
for (t in thresholds) {
  test <- rows$prediction >= t
  cells <- c(sum(test & rows$target == 1), sum(test & rows$target == 0), sum(!test & rows$target == 1), sum(!test & rows$target == 0))
  found <- epi.tests(cells, method = "wilson")$detail
  found <- found[match(rates, found$statistic), c("est", "lower", "upper")]
  cat(sprintf("%.17g", t(as.matrix(found))), sep = " ")
  cat("\n")
}
