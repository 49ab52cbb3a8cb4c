# Writes a fitted model of R as a text file for `hearth import`: its numbers, its columns, and its own answers.
#
#   source("export.R")
#   export(model, X, "model.jsonl", target = "diagnosis")   # X: the rows that the model was fitted on; other columns are left alone
#   # then:  hearth import model.jsonl
#
# Reads   model: ranger (probability or regression), randomForest, glm (binomial, poisson, Gamma with a log, gaussian) or gbm, as it is or
#         inside parsnip's model_fit, a workflow without recipe steps, or a vetiver_model.
#         X: a data frame with the same factors, levels in the same order.
# Writes  `path` and nothing else: the numbers of the model, the least and the greatest number of each column, its levels, and made-up rows,
#         in which each cell comes from another row, with the model's answers. No row of X is in it.
# Sends   nothing: it uses no network, and no package but the one that fitted the model. It sets R's random seed.
#
# What it cannot say exactly, it refuses. To read it: `export` is the whole story and the only place that writes; then its parts: JSON,
# columns, trees, questions. The end of the file is what differs between packages: a function of_… for each.

export <- function(model, X, path, target = NULL, classes = NULL, answers = 3000, seed = 1) {
  set.seed(seed)
  model <- unwrap(model)
  known <- list(ranger = of_ranger, randomForest = of_random_forest, glm = of_glm, gbm = of_gbm)
  kind <- intersect(class(model), names(known))
  if (length(kind) == 0) refuse("a model of class ", class(model)[1], " is not known: it knows ", toString(names(known)))
  tool <- known[[kind[1]]](model, as.data.frame(X), classes)
  absent <- setdiff(tool$names, names(X))
  if (length(absent) > 0) refuse("X has no column ", toString(absent), ": pass the rows that the model was fitted on")
  columns <- lapply(tool$names, function(name) describe(name, X[[name]], tool$levels[[name]]))
  answer <- function(rows) tool$predict(frame(columns, rows))
  typical <- lapply(columns, function(column) column$sample[[1]])
  columns <- lapply(seq_along(columns), function(i) {
    row <- replace(typical, i, list(NA))
    value <- tryCatch(suppressWarnings(answer(list(row))), error = function(e) NA)
    c(columns[[i]], required = anyNA(value) || length(value) == 0)
  })
  header <- list(
    hearth = "export", format = 1,
    source = list(tool = tool$tool, version = as.character(packageVersion(tool$package)), method = tool$method),
    columns = lapply(columns, public), target = c(if (!is.null(target)) list(name = target), tool$target), answer = tool$answer
  )
  trees <- NULL
  if (is.null(tool$tree)) {
    linear <- tool$linear(columns)
    header$answer$base <- linear$base
    header$linear <- linear$terms
  } else {
    folded <- fold(columns, lapply(seq_len(tool$trees), tool$tree), tool$splits)
    trees <- folded$trees
    header$compare <- tool$compare
    header$sets <- folded$sets
  }
  header$trees <- length(trees)
  rows <- questions(columns, trees, answers)
  outputs <- as.matrix(answer(rows))
  out <- file(path, open = "wb")
  on.exit(close(out))
  say <- function(value) writeLines(enc2utf8(json(value)), out, useBytes = TRUE)
  say(header)
  for (tree in trees) say(tree[c("column", "split", "missingLeft", "left", "right", "value", "cover", "output")])
  for (i in seq_along(rows)) {
    cells <- lapply(seq_along(columns), function(j) public_cell(columns[[j]], rows[[i]][[j]]))
    say(list(row = cells, output = as.list(unname(outputs[i, ]))))
  }
  message(path, ": ", tool$tool, " ", tool$method, ", ", length(trees), " trees, ", length(columns), " columns, ", length(rows), " answers")
}

refuse <- function(...) stop(..., call. = FALSE)

unwrap <- function(model) {
  if (inherits(model, "vetiver_model")) return(unwrap(model$model))
  if (inherits(model, "workflow")) {
    if (length(model$pre$actions$recipe$recipe$steps) > 0) {
      refuse("the workflow has recipe steps: bake the rows first, fit with parsnip's fit() on them, and export that fit")
    }
    return(unwrap(model$fit$fit))
  }
  if (inherits(model, "model_fit")) return(unwrap(model$fit))
  model
}

# -- text

# Numbers with all digits, 17: fewer would move values on a threshold.
json <- function(value) {
  if (is.null(value)) return("null")
  if (is.list(value)) {
    inner <- vapply(value[!vapply(value, is.null, NA) | is.null(names(value))], json, "")
    if (is.null(names(value))) return(paste0("[", paste(inner, collapse = ","), "]"))
    return(paste0("{", paste(quoted(names(inner)), inner, sep = ":", collapse = ","), "}"))
  }
  one <- if (is.character(value)) quoted(value) else if (is.logical(value)) tolower(value) else sprintf("%.17g", value)
  one[is.na(value)] <- "null"
  one[one %in% c("Inf", "-Inf")] <- quoted(paste0(one, "inity"))[one %in% c("Inf", "-Inf")]
  if (length(one) == 1 && is.null(attr(value, "array"))) one else paste0("[", paste(one, collapse = ","), "]")
}

quoted <- function(text) {
  text <- gsub('"', '\\"', gsub("\\", "\\\\", text, fixed = TRUE), fixed = TRUE)
  paste0('"', gsub("\t", "\\t", gsub("\n", "\\n", text, fixed = TRUE), fixed = TRUE), '"')
}

array_of <- function(value) structure(value, array = TRUE)

# -- columns: a cell is a number, the place of a level from 0, or NA

describe <- function(name, values, levels) {
  if (is.null(levels)) levels <- if (is.factor(values)) levels(values) else if (is.logical(values)) c(FALSE, TRUE)
  if (!is.numeric(values) && is.null(levels)) refuse("column ", name, " is of class ", class(values)[1], ": make it a number or a factor before the fit")
  if ("" %in% levels) refuse("column ", name, " has the empty text as a level: read the table with na.strings = c(\"\", \"NA\"), and fit again")
  cells <- if (is.null(levels)) as.numeric(values) else match(as.character(values), as.character(levels)) - 1
  cells <- cells[is.finite(cells)]
  if (length(cells) == 0) refuse("column ", name, " has no value in X: pass more rows")
  type <- if (is.logical(levels)) "boolean" else if (is.null(levels)) "number" else "category"
  sample <- cells[sample.int(length(cells), 500, replace = TRUE)]
  list(name = name, type = type, levels = levels, sample = sample, seen = range(cells), ordered = is.ordered(values))
}

public <- function(column) {
  told <- column[c("name", "type", "required")]
  if (column$type == "category") return(c(told, list(categories = as.list(column$levels), open = FALSE)))
  if (column$type == "boolean") told else c(told, list(seen = as.list(column$seen)))
}

public_cell <- function(column, cell) if (is.na(cell) || is.null(column$levels)) cell else column$levels[[cell + 1]]

# Rows of cells as a data frame that the tool takes.
frame <- function(columns, rows) {
  made <- lapply(seq_along(columns), function(i) {
    column <- columns[[i]]
    cells <- vapply(rows, function(row) as.numeric(row[[i]]), 0)
    if (column$type == "boolean") cells == 1
    else if (column$type == "category") factor(column$levels[cells + 1], levels = column$levels, ordered = column$ordered)
    else cells
  })
  data.frame(setNames(made, vapply(columns, `[[`, "", "name")), check.names = FALSE)
}

# -- trees. A tool gives trees with `column` (from 0, -1: a leaf), `left`, `right` (from 0), `missingLeft`, `value`, `cover`, `split`, and
# `splits(column, split)`: which levels go left. Sets of levels stand once, in the first line.

fold <- function(columns, trees, splits) {
  sets <- list()
  places <- new.env()
  place_of <- function(i, split) {
    left <- which(splits(columns[[i + 1]], i, split)) - 1
    key <- paste(i, paste(left, collapse = " "))
    if (is.null(places[[key]])) {
      sets[[length(sets) + 1]] <<- list(column = i, levels = array_of(left), unlisted = FALSE)
      places[[key]] <- length(sets) - 1
    }
    places[[key]]
  }
  has_levels <- vapply(columns, function(column) !is.null(column$levels), NA)
  trees <- lapply(trees, function(tree) {
    for (node in which(tree$column >= 0)) {
      i <- tree$column[[node]]
      if (has_levels[[i + 1]]) tree$split[[node]] <- place_of(i, tree$split[[node]])
    }
    tree$split[tree$column < 0] <- 0
    arrays <- setdiff(names(tree), "output")
    tree[arrays] <- lapply(tree[arrays], function(each) if (is.list(each)) each else array_of(each))
    tree
  })
  list(trees = trees, sets = sets)
}

# -- questions: rows that the model itself answers, most of their cells exactly on a split

# Made-up rows: by turns cells of X, each of another row, and cells on and beside the splits; missing; each level.
questions <- function(columns, trees, wanted) {
  cells <- lapply(seq_along(columns), function(i) {
    column <- columns[[i]]
    if (!is.null(column$levels)) return(rep_len(seq_along(column$levels) - 1, wanted))
    split <- unique(unlist(lapply(trees, function(tree) tree$split[tree$column == i - 1])))
    near <- c(column$seen, 0, split, split * (1 + 2^-52), split * (1 - 2^-52), 5e-324, -5e-324)
    rep_len(sample(near[is.finite(near) & abs(near) <= 3.4028234663852886e38]), wanted)
  })
  lapply(seq_len(wanted), function(n) lapply(seq_along(columns), function(i) {
    kind <- runif(1)
    if (kind < 0.4) return(cells[[i]][[n]])
    if (kind < 0.45 && !columns[[i]]$required) NA else columns[[i]]$sample[[sample.int(500, 1)]]
  }))
}

# How many rows of X come to each node, from the leaf of each row: contributions need it.
covers <- function(tree, leaves) {
  cover <- tabulate(leaves, length(tree$column))
  for (node in rev(which(tree$column >= 0))) cover[[node]] <- cover[[tree$left[[node]] + 1]] + cover[[tree$right[[node]] + 1]]
  cover
}

target_of <- function(classes) {
  classes <- as.character(classes)
  list(type = if (length(classes) == 2) "binary" else "classes", classes = as.list(classes))
}

# -- the tools

of_ranger <- function(model, X, classes) {
  forest <- model$forest
  if (is.null(forest)) refuse("the model was fitted without its forest: fit with write.forest = TRUE")
  if (!forest$treetype %in% c("Probability estimation", "Regression")) {
    refuse("a forest of type ", forest$treetype, " breaks ties at random: fit with probability = TRUE")
  }
  variables <- forest$independent.variable.names
  is_probability <- forest$treetype == "Probability estimation"
  order <- if (is_probability) order(forest$class.values)
  count <- length(order)
  nodes <- predict(model, X[variables], type = "terminalNodes", num.threads = 1)$predictions
  list(
    package = "ranger", tool = "ranger", method = tolower(forest$treetype), names = variables, trees = forest$num.trees,
    levels = Filter(Negate(is.null), as.list(setNames(forest$covariate.levels, if (!is.null(forest$covariate.levels)) variables))),
    target = if (is_probability) target_of(forest$levels[forest$class.values[order]]) else list(type = "numeric"),
    answer = list(link = "identity", divisor = forest$num.trees), compare = "<=",
    splits = function(column, i, split) {
      codes <- seq_along(column$levels)
      if (!forest$is.ordered[[i + 1]]) return(floor(split / 2^(codes - 1)) %% 2 == 0)
      (if (column$type == "boolean") codes - 1 else codes) <= split
    },
    tree = function(t) {
      child <- forest$child.nodeIDs[[t]]
      is_leaf <- child[[1]] == 0 & child[[2]] == 0
      value <- if (!is_probability) ifelse(is_leaf, forest$split.values[[t]], 0)
      else if (count == 2) mapply(function(leaf, shares) if (leaf) shares[[order[[2]]]] else 0, is_leaf, forest$terminal.class.counts[[t]])
      else mapply(function(leaf, shares) if (leaf) array_of(shares[order]) else 0, is_leaf, forest$terminal.class.counts[[t]], SIMPLIFY = FALSE)
      tree <- list(
        column = ifelse(is_leaf, -1, forest$split.varIDs[[t]]), split = forest$split.values[[t]], left = child[[1]], right = child[[2]],
        missingLeft = as.numeric(if (length(child) > 2) child[[3]] == child[[1]] else !is_leaf), value = value
      )
      c(tree, list(cover = covers(tree, nodes[, t] + 1)))
    },
    predict = function(rows) {
      made <- predict(model, rows, num.threads = 1)$predictions
      if (!is_probability) return(made)
      made <- matrix(made, nrow = nrow(rows), dimnames = if (is.matrix(made)) dimnames(made) else list(NULL, names(made)))
      made <- made[, forest$levels[forest$class.values[order]], drop = FALSE]
      if (count == 2) made[, 2] else made
    }
  )
}

of_random_forest <- function(model, X, classes) {
  forest <- model$forest
  if (is.null(forest)) refuse("the model was fitted without its forest: fit with keep.forest = TRUE")
  variables <- names(forest$ncat)
  labels <- model$classes
  count <- length(labels)
  nodes <- attr(predict(model, X[complete.cases(X[variables]), variables], nodes = TRUE), "nodes")
  list(
    package = "randomForest", tool = "randomForest", method = model$type, names = variables, trees = forest$ntree,
    levels = Filter(is.character, forest$xlevels), target = if (count > 0) target_of(labels) else list(type = "numeric"),
    answer = list(link = "identity", divisor = forest$ntree), compare = "<=",
    splits = function(column, i, split) {
      codes <- seq_along(column$levels)
      if (forest$ncat[[i + 1]] > 1) return(floor(split / 2^(codes - 1)) %% 2 == 1)
      (if (column$type == "boolean") codes - 1 else codes) <= split
    },
    tree = function(t) {
      at <- seq_len(forest$ndbigtree[[t]])
      is_leaf <- forest$nodestatus[at, t] == -1
      child <- if (is.null(forest$treemap)) cbind(forest$leftDaughter[at, t], forest$rightDaughter[at, t]) else matrix(forest$treemap[at, , t], ncol = 2)
      made <- forest$nodepred[at, t]
      value <- if (count == 0) ifelse(is_leaf, made, 0) else if (count == 2) as.numeric(is_leaf & made == 2)
      else mapply(function(leaf, class) if (leaf) array_of(as.numeric(seq_len(count) == class)) else 0, is_leaf, made, SIMPLIFY = FALSE)
      tree <- list(
        column = ifelse(is_leaf, -1, forest$bestvar[at, t] - 1), split = forest$xbestsplit[at, t],
        left = child[, 1] - 1, right = child[, 2] - 1, missingLeft = 0 * at, value = value
      )
      c(tree, list(cover = covers(tree, nodes[, t])))
    },
    predict = function(rows) {
      if (count == 0) return(unname(predict(model, rows)))
      made <- predict(model, rows, type = "prob")
      if (count == 2) made[, 2] else made
    }
  )
}

of_gbm <- function(model, X, classes) {
  links <- c(bernoulli = "logit", adaboost = "logit", poisson = "log", multinomial = "softmax", gaussian = "identity", laplace = "identity", tdist = "identity", quantile = "identity")
  loss <- model$distribution$name
  if (!loss %in% names(links)) refuse("gbm with the distribution ", loss, " is not known: it knows ", toString(names(links)))
  count <- max(1, model$num.classes)
  kinds <- list(bernoulli = target_of(if (is.null(classes)) 0:1 else classes), poisson = list(type = "count"))
  kinds$adaboost <- kinds$bernoulli
  if (loss == "multinomial") kinds$multinomial <- target_of(model$classes)
  list(
    package = "gbm", tool = "gbm", method = loss, names = model$var.names, trees = model$n.trees * count,
    levels = setNames(Map(function(type, levels) if (type > 0) levels, model$var.type, model$var.levels), model$var.names),
    target = if (is.null(kinds[[loss]])) list(type = "numeric") else kinds[[loss]],
    answer = list(link = links[[loss]], base = model$initF, baseFirst = TRUE, scale = if (loss == "adaboost") 2 else 1), compare = "<",
    splits = function(column, i, split) {
      codes <- seq_along(column$levels) - 1
      if (split == Inf || model$var.type[[i + 1]] == 0) codes < split else model$c.splits[[split + 1]] == -1
    },
    # gbm has a third child for missing values: first a split that sends them right and all others left, then the split itself
    tree = function(t) {
      tree <- setNames(model$trees[[t]], c("var", "split", "left", "right", "missing", "gain", "weight", "value"))
      at <- seq_along(tree$var)
      inner <- tree$var >= 0
      own <- cumsum(inner) + length(at) - 1
      first <- list(column = tree$var, split = ifelse(inner, Inf, 0), left = ifelse(inner, own, -1), right = ifelse(inner, tree$missing, -1))
      second <- list(column = tree$var[inner], split = tree$split[inner], left = tree$left[inner], right = tree$right[inner])
      cover <- tree$weight[inner] - tree$weight[tree$missing[inner] + 1]
      made <- c(Map(c, first, second), list(missingLeft = rep(0, length(at) + sum(inner)), value = c(ifelse(inner, 0, tree$split), 0 * own[inner])))
      c(made, list(cover = pmax(0, c(tree$weight, cover))), if (count > 1) list(output = (t - 1) %% count))
    },
    predict = function(rows) {
      made <- predict(model, rows, n.trees = model$n.trees, type = "response")
      if (count > 1) matrix(made, nrow = nrow(rows)) else made
    }
  )
}

of_glm <- function(model, X, classes) {
  kind <- paste(model$family$family, model$family$link)
  links <- c("binomial logit" = "logit", "quasibinomial logit" = "logit", "poisson log" = "log", "quasipoisson log" = "log", "Gamma log" = "log", "gaussian identity" = "identity", "gaussian log" = "log")
  if (!kind %in% names(links)) refuse("glm with ", kind, " is not known: it knows ", toString(names(links)))
  terms <- delete.response(terms(model))
  variables <- as.list(attr(terms, "variables"))[-1]
  if (!all(vapply(variables, is.name, NA)) || any(attr(terms, "order") > 1) || !is.null(attr(terms, "offset")) || !is.null(model$offset)) {
    refuse("the formula has more than columns (log(x), x:y, poly, offset): make these columns of the data before the fit")
  }
  names <- vapply(variables, as.character, "")
  response <- model$model[[1]]
  if (is.null(classes)) classes <- if (is.factor(response)) levels(response) else c("0", "1")
  if (length(classes) != 2) refuse("the response has ", length(classes), " levels: pass classes = c(\"no\", \"yes\")")
  is_binary <- links[[kind]] == "logit"
  weights <- replace(coef(model), is.na(coef(model)), 0)
  list(
    package = "stats", tool = "R", method = paste("glm,", kind), names = names, levels = model$xlevels,
    target = if (is_binary) target_of(classes) else list(type = if (grepl("poisson", kind)) "count" else "numeric"),
    answer = list(link = links[[kind]]),
    linear = function(columns) {
      typical <- lapply(columns, function(column) column$sample[[1]])
      list(base = sum(weights[names(weights) == "(Intercept)"]), terms = lapply(seq_along(columns), function(i) {
        column <- columns[[i]]
        cells <- if (is.null(column$levels)) 1 else seq_along(column$levels) - 1
        rows <- frame(columns, lapply(cells, function(cell) replace(typical, i, list(cell))))
        made <- model.matrix(terms, rows, contrasts.arg = model$contrasts, xlev = model$xlevels)
        mine <- attr(made, "assign") == i
        adds <- unname(drop(made[, mine, drop = FALSE] %*% weights[mine]))
        if (is.null(column$levels)) {
          return(list(column = i - 1, coefficient = array_of(adds), missing = array_of(0), mean = array_of(adds * mean(column$sample))))
        }
        mean <- mean(adds[column$sample + 1])
        list(column = i - 1, levels = lapply(adds, array_of), unlisted = array_of(0), missing = array_of(0), mean = array_of(mean))
      }))
    },
    predict = function(rows) unname(predict(model, rows, type = "response"))
  )
}
