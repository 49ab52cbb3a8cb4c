#!/usr/bin/env bash
# Builds the images twice from nothing, and compares what they are made of: the same commit gives the same layers.
set -euo pipefail
cd "$(dirname "$0")"
first=reproduce-first-$$ second=reproduce-second-$$
names=(hearth-api hearth hearth-web)
remove() { docker rmi "${names[@]/%/:$first}" "${names[@]/%/:$second}" >/dev/null 2>&1 || true; }
trap remove EXIT

./build.sh "$first" --quiet --no-cache >/dev/null
./build.sh "$second" --quiet --no-cache >/dev/null
differ=0
for name in "${names[@]}"; do
  layers() { docker inspect --format '{{range .RootFS.Layers}}{{println .}}{{end}}' "$name:$1"; }
  if difference=$(diff <(layers "$first") <(layers "$second")); then
    echo "$name: the same $(layers "$first" | grep -c sha256) layers"
  else
    printf '%s: other layers\n%s\n' "$name" "$difference"
    differ=1
  fi
done
exit $differ
