# Reads a version of a model as docs/FORMAT.md describes it, formats 1 and 2. Needs the package jsonlite.
#
# Rscript reader.R FOLDER < rows.jsonl > answers.jsonl     one array of K numbers, [K numbers, low, high]
# or, with the interval of the outcome, [number, low, high, mean's low, mean's high] per line; with prediction sets
# [K numbers, K times 1 or 0]

library(jsonlite)

tensors <- function(path) {
  raw <- readBin(path, "raw", file.size(path))
  start <- 8 + sum(as.numeric(raw[1:8]) * 256^(0:7))
  header <- fromJSON(rawToChar(raw[9:start]), simplifyVector = FALSE)
  lapply(header, function(e) {
    begin <- start + e$data_offsets[[1]]
    bytes <- raw[begin + seq_len(e$data_offsets[[2]] - e$data_offsets[[1]])]
    n <- e$shape[[1]]
    switch(e$dtype,
      F64 = readBin(bytes, "double", n, endian = "little"),
      I32 = readBin(bytes, "integer", n, endian = "little"),
      U8 = as.integer(bytes))
  })
}

float32 <- function(x) readBin(writeBin(x, raw(), size = 4), "double", length(x), size = 4)

seconds <- function(text, zone) {
  offset <- regmatches(text, regexec("(Z|[+-][0-9]{2}:[0-9]{2})$", text))[[1]]
  bare <- sub("(Z|[+-][0-9]{2}:[0-9]{2})$", "", text)
  if (nchar(bare) == 10) bare <- paste0(bare, "T00:00:00")
  if (nchar(bare) == 16) bare <- paste0(bare, ":00")
  clock <- as.numeric(as.POSIXct(strptime(substr(bare, 1, 19), "%Y-%m-%dT%H:%M:%S", tz = "UTC"), tz = "UTC"))
  fraction <- if (nchar(bare) > 19) as.numeric(paste0("0", substr(bare, 20, nchar(bare)))) else 0
  if (length(offset) == 0 || nchar(text) == 10) return(clock + fraction)
  o <- offset[1]
  shift <- if (o == "Z") 0 else (if (substr(o, 1, 1) == "-") -1 else 1) * (as.numeric(substr(o, 2, 3)) * 3600 + as.numeric(substr(o, 5, 6)) * 60)
  instant <- as.POSIXct(clock - shift, origin = "1970-01-01", tz = "UTC")
  local <- format(instant, "%Y-%m-%dT%H:%M:%S", tz = zone)
  as.numeric(as.POSIXct(strptime(local, "%Y-%m-%dT%H:%M:%S", tz = "UTC"), tz = "UTC")) + fraction
}

part <- function(name, c) {
  day <- floor(c / 86400)
  date <- as.POSIXlt(as.Date(day, origin = "1970-01-01"))
  switch(name,
    year = date$year + 1900,
    month = date$mon + 1,
    dayOfYear = date$yday + 1,
    weekday = (date$wday + 6) %% 7 + 1,
    hour = (c - 86400 * day) / 3600,
    days = c / 86400)
}

is_number <- function(text) grepl("^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?$", text)

cell <- function(column, row) {
  value <- row[[column$name]]
  if (is.null(value)) return(NaN)
  codes <- unlist(column$missingCodes)
  if (is.character(value) && value %in% codes) return(NaN)
  if (is.numeric(value) && any(as.numeric(codes[is_number(codes)]) == value)) return(NaN)
  if (column$type == "category") {
    values <- column$levels
    at <- values[value]
    return(if (is.na(at)) length(values) else unname(at))
  }
  if (column$type %in% c("date", "datetime")) return(seconds(value, column$timeZone))
  as.numeric(value)
}

feature <- function(f, model, row) {
  column <- model$columns[[f$column]]
  c <- cell(column, row)
  if (is.nan(c)) return(NaN)
  if (!is.null(f$equals)) return(as.numeric(c == column$levels[f$equals]))
  if (!is.null(f[["in"]])) return(bitwAnd(bitwShiftR(model$trees$sets[f[["in"]] + c %/% 8 + 1], c %% 8), 1L))
  if (!is.null(f$numbers)) {
    number <- f$numbers[[c + 1]]
    return(if (is.null(number)) NaN else number)
  }
  if (!is.null(f$nonzero)) return(if (abs(c) <= f$nonzero) NaN else c)
  if (!is.null(f$above)) return(max(0, c - f$above))
  if (!is.null(f$log)) return(log(c))
  if (!is.null(f$part)) return(part(f$part, c))
  c
}

leaf <- function(t, root, x) {
  node <- root + 1
  while ((f <- t$feature[node]) >= 0) {
    left <- if (is.nan(x[f + 1])) t$missing_left[node] == 1 else x[f + 1] < t$threshold[node]
    node <- (if (left) t$left[node] else t$right[node]) + 1
  }
  t$value[node]
}

sigmoid <- function(x) 1 / (1 + exp(-x))
logit <- function(p) {
  q <- min(1 - 1e-12, max(1e-12, p))
  log(q / (1 - q))
}

answer <- function(model, row) {
  m <- model$manifest
  a <- m$answer
  t <- model$trees
  is32 <- identical(a$precision, "float32")
  r <- if (is32) float32 else identity
  at <- function(member, absent, k) {
    v <- unlist(a[[member]])
    if (is.null(v)) absent else if (length(v) > 1 || is.list(a[[member]])) v[k] else v
  }
  x <- vapply(m$features, feature, 0, model = model, row = row)
  leaves <- vapply(t$roots, function(root) leaf(t, root, x), 0)
  K <- model$outputs
  s <- vapply(seq_len(K), function(k) {
    sum <- if (isTRUE(a$baseFirst)) at("base", 0, k) else 0
    for (tree in seq_along(leaves)) {
      if (!is.null(t$leaf_values)) sum <- r(sum + t$leaf_values[leaves[tree] * K + k])
      else if ((if (is.null(t$output)) 0 else t$output[tree]) == k - 1) sum <- r(sum + leaves[tree])
    }
    for (j in seq_along(if (is.null(t$linear)) NULL else x)) {
      b <- t$linear[(j - 1) * K + k]
      missing <- if (is.null(t$linear_missing)) 0 else t$linear_missing[(j - 1) * K + k]
      if (b != 0 || missing != 0) sum <- r(sum + (if (is.nan(x[j])) missing else r(b * x[j])))
    }
    if (!isTRUE(a$baseFirst)) sum <- r(sum + at("base", 0, k))
    r(r(r(sum / at("divisor", 1, k)) * at("scale", 1, k)) + at("offset", 0, k))
  }, 0)
  answers <- switch(a$link,
    identity = s,
    logit = if (is32) r(1 / r(1 + r(exp(pmin(-s, 88.7))))) else sigmoid(s),
    log = r(exp(s)),
    softmax = { e <- r(exp(r(s - max(s)))); total <- 0; for (each in e) total <- total + each; r(e / r(total)) },
    share = { total <- 0; for (each in s) total <- total + each; if (total == 0) rep(1 / K, K) else s / total })
  if (!is.null(a$recalibration)) answers <- sigmoid(a$recalibration$intercept + a$recalibration$slope * logit(answers))
  if (!is.null(m$predictionSet)) {
    least <- nearest(model, m$predictionSet$thresholds, row)$least
    return(c(answers, as.integer(answers >= least | seq_len(K) == which.max(answers))))
  }
  if (is.null(m$interval)) return(answers)
  total <- 0
  for (root in model$spread$roots) total <- total + leaf(model$spread, root, x)
  sd <- exp((m$interval$base + total) / m$interval$divisor)
  if (!is.null(m$interval$probability)) {
    score <- if (a$link == "logit") s else logit(answers)
    missing <- nearest(model, m$interval$probability$missing, row)$share
    centre <- score * sqrt(1 + pi * missing * sd^2 / 8)
    below <- 0.05 + 0.049 * tanh(2.25 * sd * tanh(centre / 2))
    ends <- sigmoid(c(min(centre + sd * qnorm(below), score - 0.25 * sd),
                      max(centre + sd * qnorm(below + 0.9), score + 0.25 * sd)))
    return(c(answers, min(ends[1], answers), max(ends[2], answers)))
  }
  z <- 1.6448536269514722
  ends <- if (m$target$type == "binary") {
    centre <- (if (a$link == "logit") s else logit(answers)) * sqrt(1 + pi * sd^2 / 8)
    sigmoid(c(centre - z * sd, centre + z * sd))
  } else if (m$target$type == "count") answers * exp(c(-z * sd, z * sd))
  else if (a$link == "log") exp(c(s - z * sd, s + z * sd)) else c(answers - z * sd, answers + z * sd)
  c(answers, outcome(model, answers, sd, row), min(ends[1], answers), max(ends[2], answers))
}

nearest <- function(model, entries, row) {
  used <- unique(vapply(model$manifest$features, function(f) f$column, ""))
  given <- mean(vapply(used, function(name) !is.nan(cell(model$columns[[name]], row)), TRUE))
  entries[[which.min(vapply(entries, function(each) abs(each$given - given), 0))]]
}

outcome <- function(model, answer, s, row) {
  o <- model$manifest$interval$outcome
  if (is.null(o)) return(NULL)
  q <- nearest(model, o$quantiles, row)
  if (o$of == "count") {
    u <- sqrt(o$noise * o$noise * (answer + 0.5) + answer * answer * s * s)
    return(c(max(0, floor(answer + q$low * u)), ceiling(answer + q$high * u)))
  }
  u <- sqrt(s * s + o$noise * o$noise)
  if (o$of == "ratio") answer * exp(c(q$low, q$high) * u) else answer + c(q$low, q$high) * u
}

read_model <- function(folder) {
  m <- fromJSON(file.path(folder, "model.json"), simplifyVector = FALSE)
  columns <- lapply(m$columns, function(column) {
    if (column$type == "category") {
      values <- vapply(column$categories, function(each) each$value, "")
      column$levels <- setNames(seq_along(values) - 1, values)
    }
    column$timeZone <- m$timeZone
    column
  })
  names(columns) <- vapply(columns, function(column) column$name, "")
  list(
    manifest = m,
    columns = columns,
    outputs = max(1, length(m$target$classes), length(m$target$quantiles)),
    trees = tensors(file.path(folder, "forest.safetensors")),
    spread = if (!is.null(m$interval)) tensors(file.path(folder, "spread.safetensors")))
}

model <- read_model(commandArgs(trailingOnly = TRUE)[1])
rows <- file("stdin")
for (line in readLines(rows)) {
  row <- fromJSON(line, simplifyVector = FALSE)
  cat("[", paste(sprintf("%.17g", answer(model, row)), collapse = ","), "]\n", sep = "")
}
close(rows)
