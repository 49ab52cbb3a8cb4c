suppressMessages(library(ranger))

pairs <- regmatches(a <- commandArgs(TRUE), regexpr("=", a), invert = TRUE)
spec <- setNames(lapply(pairs, `[`, 2), vapply(pairs, `[`, "", 1))
number <- function(name) as.numeric(spec[[name]])

read <- function(file, rows) {
  columns <- number("columns")
  cells <- matrix(readBin(file, "double", rows * (columns + 1)), nrow = rows)
  x <- cells[, seq_len(columns), drop = FALSE]
  colnames(x) <- paste0("x", seq_len(columns))
  list(x = x, y = cells[, columns + 1])
}

# Times like measure.ts.
time <- function(work) {
  began <- proc.time()[["elapsed"]]
  spent <- function() proc.time()[["elapsed"]] - began
  once <- function() {
    t <- system.time(work(), gcFirst = FALSE)
    c(t[["elapsed"]], t[["user.self"]] + t[["sys.self"]])
  }
  last <- once()
  timed <- if (spent() * number("runs") > number("budget")) list(last) else list()
  while (length(timed) < number("runs") && (length(timed) == 0 || spent() + last[1] < number("budget"))) {
    last <- once()
    timed <- c(timed, list(last))
  }
  do.call(rbind, timed)
}

list_of <- function(values) paste0("[", paste(sprintf("%.9g", values), collapse = ","), "]")
peak <- function() {
  if (!file.exists("/proc/self/status")) return("null")
  sub("\\D*(\\d+).*", "\\1", grep("^VmHWM", readLines("/proc/self/status"), value = TRUE))
}

train <- read(spec$train, number("rows"))
test <- read(spec$test, number("testRows"))
grow <- function() {
  forest <<- ranger(
    x = train$x, y = factor(train$y, levels = 0:1), probability = TRUE, num.trees = number("trees"),
    mtry = number("columnsPerSplit"), min.node.size = number("leaf"), num.threads = number("threads"),
    seed = number("seed"), oob.error = FALSE, verbose = FALSE
  )
}
chances <- function(x) predict(forest, x, num.threads = number("threads"), verbose = FALSE)$predictions[, "1"]

if (spec$task == "grow") {
  timed <- time(grow)
  brier <- mean((chances(test$x) - test$y)^2)
  cat(sprintf('{"seconds":%s,"cpu":%s,"brier":%.9g,"peak":%s}\n', list_of(timed[, 1]), list_of(timed[, 2]), brier, peak()))
} else {
  grow()
  first <- test$x[1, , drop = FALSE]
  # R's clock has a resolution of one millisecond
  one <- time(function() for (i in 1:10) chances(first))[, 1] / 10
  batch <- time(function() chances(test$x))[, 1]
  cat(sprintf('{"one":%s,"batch":%s}\n', list_of(one), list_of(batch)))
}
