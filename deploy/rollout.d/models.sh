# shellcheck shell=bash
# A release delivers versions; aliases.json on this host decides which one serves. Code goes first: a model may need newer code, but code never
# needs a newer model.

hearth() {
  docker run --rm --network none --user "$(id -u):$(id -g)" --volume "$HEARTH_HOME/models:/hearth/models" \
    --volume "$release/models:/release:ro" "hearth:$live" "$@"
}

deliver_models() {
  local folder refused=0
  for folder in "$release"/models/*/; do deliver_model "$(basename "$folder")" || refused=3; done
  exit "$refused"
}

deliver_model() { # NAME
  local from=$release/models/$1 here=$HEARTH_HOME/models/$1 wanted version
  wanted=$(sed -n 's/.*"production": *"\([^"]*\)".*/\1/p' "$from/aliases.json")
  [ -n "$wanted" ] || { say "REFUSED: models/$1/aliases.json of the release names no version; $(production "$1") still serves" >&2 && return 1; }
  for version in $(cd "$from" && printf '%s\n' [1-9]*-* | sort -n); do
    if compgen -G "$here/*-${version#*-}" >/dev/null && has_evaluations "$from" "$here" "${version#*-}"; then continue; fi
    hearth publish "/release/$1/$version" ||
      { say "REFUSED: version $version of $1 is damaged; see above. $(production "$1") still serves" >&2 && return 1; }
  done
  wanted=$(cd "$here" && echo *-"${wanted#*-}")
  # A version that was promoted or refused here before is not judged again: a rollback made at night stays.
  if grep -Eq "\"action\":\"(promote|refuse)\",\"version\":\"$wanted\"" "$here/journal.jsonl"; then
    say "models: $1 stays at $(production "$1"); the gate of this host decided on $wanted before"
    return 0
  fi
  hearth promote "$wanted" --model "$1" || { say "REFUSED: the gate refused $wanted; $(production "$1") still serves" >&2 && return 1; }
  verifier=$live
  local id
  for id in ${pool[api]}; do
    ask api "$(base "$id" api)" --within 10 && continue
    hearth rollback --model "$1" --reason "an instance does not serve it after the rollout" ||
      { say "REFUSED: an instance does not serve $wanted, and the rollback failed; see above, then run hearth rollback --model $1" >&2 && return 1; }
    say "REFUSED: an instance does not serve $wanted; rolled back to $(production "$1")" >&2
    return 1
  done
}

# publish brings along the evaluations of a version at other places, which come after it.
has_evaluations() { # FROM HERE HASH
  local file
  for file in "$1/evaluations/$3/"*.json; do
    [ ! -e "$file" ] || [ -e "$2/evaluations/$3/${file##*/}" ] || return 1
  done
}

production() { sed -n 's/.*"production": *"\([^"]*\)".*/\1/p' "$HEARTH_HOME/models/$1/aliases.json"; }
