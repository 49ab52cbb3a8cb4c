# Hearth from R: a model from a data frame, and answers to one as another. source("hearth.R"), then
#   hearth_train(table, "patients", target = "sick", effort = "quick")      # other options are those of `hearth train`
#   hearth_import(model, table, "patients", target = "sick")                # ranger, randomForest, glm, gbm
#   hearth_predict(new, "http://localhost:4200", model = "patients")        # after: hearth promote latest --model patients
# It needs jsonlite and curl and, but for hearth_predict, the command hearth; HEARTH names another one, such as "npx hearth".

# Trains on a data frame and publishes the version. Returns its name; the report is .hearth/NAME/report.html.
hearth_train <- function(frame, name, target, positive = NULL, ...) {
  dir.create(folder <- tempfile("hearth"))
  on.exit(unlink(folder, recursive = TRUE))
  rows <- file(file.path(folder, "rows.jsonl"))
  jsonlite::stream_out(hearth_rows(frame), rows, digits = I(17), na = "null", rownames = FALSE, verbose = FALSE)
  table <- list(name = name, path = "rows.jsonl", schema = list(fields = unname(Map(hearth_field, names(frame), frame))))
  package <- list(name = name, resources = list(table), hearth = c(list(model = name, target = target), positive = as.character(positive)))
  jsonlite::write_json(package, path <- file.path(folder, "datapackage.json"), auto_unbox = TRUE)
  made <- file.path(".hearth", name, c("artifact", "report.html"))
  hearth("train", data = path, out = made[1], report = made[2], force = TRUE, ...)
  jsonlite::fromJSON(hearth("publish", made[1], json = TRUE))$version
}

# Publishes a fitted model; frame: the rows that it was fitted on. Returns the version's name.
hearth_import <- function(model, frame, name, target = NULL, ...) {
  path <- tempfile(name, fileext = ".jsonl")
  on.exit(unlink(path))
  eval(parse(text = hearth("import", script = "r"), keep.source = FALSE), script <- new.env()) # Hearth's own; it asks the model
  script$export(model, frame, path, target = target)
  jsonlite::fromJSON(hearth("import", path, model = name, json = TRUE, ...))$version
}

# Asks a server. Returns a data frame with the same row names. Columns that the model does not have are not sent.
hearth_predict <- function(frame, server = "http://localhost:4200", model = NULL, key = NULL, explain = FALSE) {
  at <- paste0(sub("/$", "", server), if (!is.null(model)) paste0("/models/", curl::curl_escape(model)))
  columns <- hearth_ask(paste0(at, "/model"), key)$columns
  types <- setNames(vapply(columns, `[[`, "", "type"), vapply(columns, `[[`, "", "name"))
  apart <- list(setdiff(names(types), names(frame)), setdiff(names(frame), names(types)))
  words <- do.call(sprintf, c("the frame has no %s; the model has no %s", lapply(apart, \(names) toString(utils::head(names, 10)))))
  if (length(apart[[1]]) == length(types)) stop(words, call. = FALSE)
  if (all(lengths(apart) > 0)) warning(words)
  rows <- hearth_rows(frame[intersect(names(types), names(frame))], types)
  url <- paste0(at, "/predict?explain=", tolower(explain))
  batches <- split(seq_len(nrow(rows)), (seq_len(nrow(rows)) - 1) %/% 1000)
  answers <- lapply(unname(batches), function(i) lapply(hearth_ask(url, key, rows[i, , drop = FALSE]), hearth_flat))
  answers <- unlist(answers, recursive = FALSE)
  parts <- unique(unlist(lapply(answers, names)))
  cells <- lapply(setNames(parts, parts), function(part) unlist(lapply(answers, function(row) c(row[[part]], NA)[1])))
  data.frame(cells, row.names = row.names(frame), check.names = FALSE)
}

# Answers to rows, or the document at an address. A fault is an error that names the row and the column.
hearth_ask <- function(url, key, rows = NULL) {
  write <- function() jsonlite::toJSON(rows, dataframe = "rows", digits = I(17), na = "null", rownames = FALSE)
  handle <- do.call(curl::new_handle, c(list(timeout = 60), if (!is.null(rows)) list(postfields = enc2utf8(write()))))
  curl::handle_setheaders(handle, .list = c(list("content-type" = "application/json"), list("x-api-key" = key)[!is.null(key)]))
  reply <- curl::curl_fetch_memory(url, handle)
  json <- jsonlite::fromJSON(rawToChar(reply$content), simplifyVector = FALSE)
  if (reply$status_code == 200) return(if (is.null(rows)) json else json$predictions)
  half <- seq_len(NROW(rows) %/% 2)
  if (reply$status_code == 413 && length(half) > 0) # the server takes fewer at a time
    return(c(hearth_ask(url, key, rows[half, , drop = FALSE]), hearth_ask(url, key, rows[-half, , drop = FALSE])))
  places <- lapply(json$errors, function(fault) c(strsplit(fault$pointer, "/")[[1]][2:3], fault$detail))
  name <- function(at) sprintf('\nrow %s, column "%s" %s', row.names(rows)[as.integer(at[1]) + 1], at[2], at[3])
  faults <- vapply(utils::head(places, 10), name, "")
  stop(json$title, ": ", json$detail, paste(faults, collapse = ""), call. = FALSE)
}

hearth_flat <- function(answer) {
  before <- c(interval = "", mean = "mean_", probabilities = "probability_", quantiles = "quantile_", contributions = "contribution_")
  unlist(recursive = FALSE, lapply(setdiff(names(answer), "id"), function(name) {
    value <- if (name == "contributions") answer[[name]]$values else answer[[name]]
    if (name == "warnings") value <- paste(vapply(value, \(each) paste(basename(each$pointer), each$detail), ""), collapse = "; ")
    if (name == "set") value <- paste(unlist(value$classes), collapse = " | ")
    if (!name %in% names(before)) return(setNames(list(value), name))
    value <- value[setdiff(names(value), c("level", "of"))]
    setNames(value, paste0(before[[name]], names(value)))
  }))
}

hearth_field <- function(name, cells) {
  kinds <- list(logical = "boolean", integer = "integer", numeric = "number", Date = "date", POSIXct = "datetime")
  levels <- if (is.factor(cells)) list(categories = I(levels(cells)), categoriesOrdered = is.ordered(cells))
  c(list(name = name, type = c(kinds[[class(cells)[1]]], "string")[1]), levels)
}

hearth_rows <- function(frame, types = NULL) {
  cells <- Map(function(name, cells) {
    if (inherits(cells, "POSIXct")) return(ifelse(is.na(cells), NA, format(cells, "%Y-%m-%dT%H:%M:%S")))
    if (is.factor(cells) || inherits(cells, "Date") || identical(unname(types[name]), "category")) as.character(cells) else cells
  }, names(frame), frame)
  data.frame(cells, row.names = row.names(frame), check.names = FALSE)
}

hearth <- function(...) {
  given <- lapply(list(...), as.character)
  flags <- ifelse(names(given) == "", "", paste0("--", gsub("_", "-", names(given))))
  words <- c(strsplit(Sys.getenv("HEARTH", "hearth"), " ")[[1]], Filter(\(word) !word %in% c("", "TRUE"), unlist(rbind(flags, given))))
  status <- system2(words[1], shQuote(words[-1]), stdout = out <- tempfile("out"), stderr = errors <- tempfile("err"))
  on.exit(unlink(c(out, errors)))
  if (status != 0) stop(paste(readLines(errors), collapse = "\n"), call. = FALSE)
  paste(readLines(out, encoding = "UTF-8"), collapse = "\n")
}
