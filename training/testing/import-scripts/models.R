# Fits models of R of many kinds and exports each: Rscript models.R EXPORT.R FOLDER ROWS [NAME ...]
# With names, only these, and small.
suppressMessages({library(ranger); library(randomForest); library(gbm)})
arguments <- commandArgs(trailingOnly = TRUE)
source(arguments[[1]])
wanted <- arguments[-(1:3)]
is_small <- length(wanted) > 0
n <- if (is_small) 200 else 600
trees <- if (is_small) 4 else 15
set.seed(3)

d <- data.frame(
  age = sample(18:90, n, TRUE), bmi = round(rnorm(n, 25, 4), 1), lactate = rgamma(n, 2, 1), tiny = rnorm(n) * 10^sample(-40:30, n, TRUE),
  city = factor(sample(c("Lisboa", "S\u00e3o Paulo", "Recife", "O'Hare \"x\""), n, TRUE)), smoker = runif(n) < 0.3,
  unit = factor(sample(letters[1:9], n, TRUE)), stage = factor(sample(c("I", "II", "III"), n, TRUE), ordered = TRUE)
)
z <- d$age / 40 + d$bmi / 20 + log(d$lactate) + (d$city == "Recife") + d$smoker - 4 + rnorm(n)
sick <- factor(ifelse(z > 0, "sick", "well"))
kind <- factor(cut(z, c(-Inf, -1, 0.5, Inf), c("low", "middle", "high")))
cost <- exp(z / 2)
count <- rpois(n, exp(pmin(z, 2)))
gaps <- d
gaps$bmi[sample(n, n / 10)] <- NA
gaps$city[sample(n, n / 10)] <- NA
plain <- d[c("age", "bmi", "lactate", "city", "smoker")]
gaps$smoker <- NULL
with_y <- function(X, y) cbind(X, y = y)
ranged <- function(X, y, ...) ranger(y ~ ., with_y(X, y), num.trees = trees, num.threads = 1, ...)

models <- list(
  "ranger" = function() list(ranged(d, sick, probability = TRUE), d),
  "ranger-order" = function() list(ranged(d, sick, probability = TRUE, respect.unordered.factors = "order"), d),
  "ranger-partition" = function() list(ranged(d, sick, probability = TRUE, respect.unordered.factors = "partition"), d),
  "ranger-classes" = function() list(ranged(d, kind, probability = TRUE, respect.unordered.factors = "partition", max.depth = 6), d),
  "ranger-number" = function() list(ranged(d, cost, respect.unordered.factors = "order", min.node.size = 10), d),
  "ranger-extra-trees" = function() list(ranged(d, sick, probability = TRUE, splitrule = "extratrees"), d),
  "ranger-weights" = function() list(ranged(d[1:4], kind, probability = TRUE, case.weights = runif(n)), d[1:4]),
  "random-forest" = function() list(randomForest(d, sick, ntree = trees), d),
  "random-forest-classes" = function() list(randomForest(d, kind, ntree = trees, maxnodes = 20), d),
  "random-forest-number" = function() list(randomForest(plain, cost, ntree = trees, nodesize = 20), plain),
  "gbm" = function() list(gbm(y ~ ., "bernoulli", with_y(gaps, as.numeric(sick == "sick")), n.trees = trees, interaction.depth = 4), gaps),
  "gbm-classes" = function() list(suppressWarnings(gbm(y ~ ., "multinomial", with_y(gaps, kind), n.trees = trees, interaction.depth = 2)), gaps),
  "gbm-number" = function() list(gbm(y ~ ., "laplace", with_y(gaps, cost), n.trees = trees, interaction.depth = 3), gaps),
  "gbm-poisson" = function() list(gbm(y ~ ., "poisson", with_y(gaps, count), n.trees = trees, interaction.depth = 3), gaps),
  "gbm-adaboost" = function() list(gbm(y ~ ., "adaboost", with_y(d[-6], as.numeric(sick == "sick")), n.trees = trees), d[-6]),
  "glm" = function() list(glm(y ~ ., binomial, with_y(plain, sick)), plain),
  "glm-contrasts" = function() list(glm(y ~ age + city + stage, binomial, with_y(d, sick), contrasts = list(city = "contr.sum")), d),
  "glm-poisson" = function() list(glm(y ~ age + bmi + city, poisson, with_y(plain, count)), plain),
  "glm-gamma" = function() list(glm(y ~ age + lactate, Gamma("log"), with_y(plain, cost)), plain),
  "glm-gaussian" = function() list(glm(y ~ ., gaussian, with_y(plain, cost)), plain),
  "parsnip-like" = function() list(structure(list(fit = glm(y ~ age + smoker, binomial, with_y(plain, sick))), class = c("_glm", "model_fit")), plain)
)
for (name in names(models)) {
  if (is_small && !name %in% wanted) next
  made <- models[[name]]()
  export(made[[1]], made[[2]], file.path(arguments[[2]], paste0(name, ".jsonl")), target = "y", answers = as.numeric(arguments[[3]]))
}
