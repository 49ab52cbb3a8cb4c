# Writes the public tables of `npm run bench -- tables` as CSV into the folder that is named.
# Needs Debian's r-cran-mlbench, r-cran-vcd and r-cran-rpart.
folder <- commandArgs(trailingOnly = TRUE)[1]
dir.create(folder, showWarnings = FALSE, recursive = TRUE)
path <- function(name) file.path(folder, paste0(name, ".csv"))
from <- function(package, name) {
  found <- new.env()
  data(list = name, package = package, envir = found)
  get(name, envir = found)
}
export <- function(package, names) {
  for (name in names) write.csv(from(package, name), path(name), row.names = FALSE)
}
export("mlbench", c("PimaIndiansDiabetes2", "BreastCancer", "BostonHousing2", "Ozone", "Vehicle", "Glass", "Zoo",
  "Soybean", "HouseVotes84", "Sonar", "DNA", "LetterRecognition", "Satellite"))
export("datasets", c("esoph", "infert"))
export("rpart", c("car90", "stagec", "kyphosis"))
export("vcd", "Arthritis")
write.csv2(from("mlbench", "Ozone"), path("Ozone-csv2"), row.names = FALSE)

# a contingency table with its counts, and with a row for each person
titanic <- as.data.frame(from("datasets", "Titanic"))
write.csv(titanic, path("Titanic-counts"), row.names = FALSE)
write.csv(titanic[rep(seq_len(nrow(titanic)), titanic$Freq), names(titanic) != "Freq"], path("Titanic"), row.names = FALSE)

# cases and controls of esoph are two counts of one row; Hearth has one count for each row
strata <- from("datasets", "esoph")
long <- rbind(
  data.frame(strata[1:3], cancer = "yes", n = strata$ncases),
  data.frame(strata[1:3], cancer = "no", n = strata$ncontrols)
)
write.csv(long, path("esoph-counts"), row.names = FALSE)
