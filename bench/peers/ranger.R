# Fits ranger on the rows of each fold, and predicts those held out: ranger.R FOLDER THREADS. Files as those of peers.py.
# Needs Debian's r-cran-ranger, r-cran-jsonlite and r-cran-data.table.
suppressMessages(library(ranger))
arguments <- commandArgs(TRUE)
folder <- arguments[1]
threads <- as.numeric(arguments[2])
spec <- jsonlite::fromJSON(file.path(folder, "spec.json"), simplifyDataFrame = FALSE)
names_of <- vapply(spec$columns, `[[`, "", "name")
levels_of <- setNames(lapply(spec$columns, `[[`, "levels"), names_of)
classes <- unlist(spec$classes)

read <- function(share) {
  file <- file.path(folder, sprintf("cells-%s.csv", share))
  table <- data.table::fread(file, data.table = FALSE, na.strings = "", colClasses = "character", encoding = "UTF-8")
  for (name in names_of) {
    levels <- unlist(levels_of[[name]])
    table[[name]] <- if (is.null(levels)) as.numeric(table[[name]]) else factor(table[[name]], levels)
  }
  table
}

# This ranger takes no missing values: numbers get the mean of the training rows, categories the most frequent one.
fill <- function(x, train) {
  for (name in names_of) {
    own <- train[[name]]
    x[[name]][is.na(x[[name]])] <- if (is.factor(own)) names(which.max(table(own))) else mean(own, na.rm = TRUE)
  }
  x
}

tables <- lapply(spec$shares, read)
y <- tables[[1]][[spec$target]]
seconds <- cpu <- c()
answers <- rep(list(list()), length(tables))
for (held_out in spec$heldOut) {
  train <- spec$fold != held_out
  rows <- tables[[1]][train, names_of, drop = FALSE]
  labels <- if (length(classes) > 0) factor(y[train], intersect(classes, y[train])) else as.numeric(y[train])
  times <- system.time(
    forest <- ranger(
      x = fill(rows, rows), y = labels, probability = length(classes) > 0, num.threads = threads, seed = 1, verbose = FALSE
    )
  )
  seconds <- c(seconds, times[["elapsed"]])
  cpu <- c(cpu, times[["user.self"]] + times[["sys.self"]])
  for (i in seq_along(tables)) {
    test <- fill(tables[[i]][!train, names_of, drop = FALSE], rows)
    found <- predict(forest, test, num.threads = threads, verbose = FALSE)$predictions
    if (length(classes) > 0) {
      all <- matrix(0, nrow(test), length(classes), dimnames = list(NULL, classes))
      all[, colnames(found)] <- found
      found <- if (length(classes) == 2) all[, 2] else as.vector(t(all))
    }
    answers[[i]] <- c(answers[[i]], list(found))
  }
}
writeBin(as.numeric(unlist(answers)), file.path(folder, "ranger.f64"), endian = "little")
peak <- as.numeric(sub("\\D*(\\d+).*", "\\1", grep("^VmHWM", readLines("/proc/self/status"), value = TRUE)))
cat(jsonlite::toJSON(list(
  version = jsonlite::unbox(as.character(packageVersion("ranger"))), seconds = seconds, cpu = cpu,
  peak = jsonlite::unbox(peak), notes = character(0)
), digits = 6), "\n")
