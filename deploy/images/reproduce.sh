#!/usr/bin/env bash
# Clones the commit twice, builds the images from nothing both times, and compares their layers: the same commit must give the same layers.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
names=(hearth-api hearth hearth-web)
# shellcheck disable=SC2317 # the trap calls it
remove() {
  rm -rf "$folder"
  docker rmi "${names[@]/%/:first-$$}" "${names[@]/%/:second-$$}" >/dev/null 2>&1 || true
}
trap remove EXIT

for time in first second; do
  git clone --quiet --shared . "$folder/$time"
  "$folder/$time/deploy/images/build.sh" "$time-$$" --quiet --no-cache >/dev/null
done
differ=0
for name in "${names[@]}"; do
  layers() { docker inspect --format '{{range .RootFS.Layers}}{{println .}}{{end}}' "$name:$1-$$"; }
  first=$(layers first)
  second=$(layers second)
  if difference=$(diff <(echo "$first") <(echo "$second")); then
    echo "$name: the same $(grep -c sha256 <<<"$first") layers"
  else
    printf '%s: the layers differ\n%s\n' "$name" "$difference"
    differ=1
  fi
done
exit $differ
