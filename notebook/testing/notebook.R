# What a notebook does, with the real R: `notebook.R make` trains and imports, `notebook.R ask URL` asks and checks.
arguments <- commandArgs(TRUE)
file <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
source(file.path(dirname(dirname(normalizePath(file))), "hearth.R"))

set.seed(1)
n <- 300
age <- sample(20:89, n, TRUE)
days <- sample(0:999, n, TRUE)
table <- data.frame(
  age = age, bmi = rnorm(n, 25, 4), city = factor(sample(c("S\u00e3o Paulo", "NA", "Oslo, N"), n, TRUE)),
  grade = factor(sample(1:3, n, TRUE), ordered = TRUE), seen = as.Date("2020-01-01") + days,
  at = as.POSIXct("2020-01-01 10:30", tz = "UTC") + 86400 * days, smoker = runif(n) < .3,
  sick = ifelse(age + rnorm(n, 0, 20) > 55, "yes", "no"), row.names = paste0("p", seq_len(n))
)
for (i in 1:7) table[i, i] <- NA
plain <- data.frame(age = as.numeric(age), city = factor(sample(c("N", "S"), n, TRUE)), sick = factor(table$sick))
fit <- glm(sick ~ age + city, binomial, plain)
message_of <- function(ask) tryCatch(stop("nothing was refused: ", ask), error = conditionMessage)

if (arguments[1] == "make") {
  print(hearth_train(table, "r-trained", target = "sick", effort = "quick"))
  print(hearth_import(fit, plain, "r-glm", target = "sick"))
} else {
  url <- arguments[2]
  columns <- hearth_ask(paste0(url, "/models/r-trained/model"), NULL)$columns
  types <- vapply(columns, `[[`, "", "type")
  stopifnot(types == c("integer", "number", "category", "category", "date", "datetime", "boolean"))
  answers <- hearth_predict(table, url, model = "r-trained")
  stopifnot(row.names(answers) == row.names(table), names(answers)[1:3] == c("probability", "low", "high"))
  stopifnot(answers$probability > 0, answers$probability < 1, length(unique(answers$probability)) > n / 2)
  absent <- hearth_predict(table[1, c("bmi", "city", "grade", "seen", "at", "smoker")], url, model = "r-trained")
  stopifnot(absent$probability == answers$probability[1]) # NA is not known, as a column that is left out
  explained <- hearth_predict(table[1:2, ], url, model = "r-trained", explain = TRUE)
  stopifnot(c("contribution_age", "contribution_smoker") %in% names(explained))
  given <- hearth_predict(plain, url, model = "r-glm")$probability
  stopifnot(abs(given - predict(fit, plain, type = "response")) < 1e-12)
  bad <- table
  bad$city <- as.character(bad$city)
  bad["p9", "city"] <- "Nowhere"
  fault <- message_of(hearth_predict(bad, url, model = "r-trained"))
  stopifnot(grepl('row p9, column "city"', fault, fixed = TRUE), grepl("Oslo, N", fault))
  stopifnot(grepl('did you mean "r-trained"', message_of(hearth_predict(table, url, model = "r-traind"))))
  fault <- message_of(hearth_predict(setNames(table, toupper(names(table))), url, model = "r-trained"))
  stopifnot(grepl("the frame has no age, bmi, city,", fault, fixed = TRUE), grepl("the model has no AGE, BMI,", fault, fixed = TRUE))
  cat(R.version.string, ":", n, "rows answered as they should be\n")
}
