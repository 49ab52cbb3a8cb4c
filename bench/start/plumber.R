# Rscript plumber.R learn TABLE ROWS COLUMNS MODEL, then Rscript plumber.R serve MODEL PORT
suppressMessages(library(ranger))
args <- commandArgs(TRUE)

if (args[1] == "learn") {
  rows <- as.numeric(args[3])
  columns <- as.numeric(args[4])
  cells <- matrix(readBin(args[2], "double", rows * (columns + 1)), nrow = rows)
  x <- cells[, seq_len(columns), drop = FALSE]
  colnames(x) <- paste0("x", seq_len(columns))
  y <- factor(cells[, columns + 1], levels = 0:1)
  saveRDS(ranger(x = x, y = y, probability = TRUE, num.trees = 500), args[5])
} else {
  suppressMessages(library(plumber))
  forest <- readRDS(args[2])
  answer <- function(req) {
    x <- matrix(unlist(req$body$x), nrow = 1, dimnames = list(NULL, forest$forest$independent.variable.names))
    list(probability = predict(forest, x)$predictions[1, "1"])
  }
  pr() |>
    pr_post("/predict", answer, serializer = serializer_unboxed_json()) |>
    pr_run(host = "127.0.0.1", port = as.numeric(args[3]), quiet = TRUE, docs = FALSE)
}
