#!/usr/bin/env bash
# Pushes the images of this commit to a registry: builds those that STAGES name, and gives the unchanged others the new tag.
# Usage: images.sh PREFIX TAG STAGES [OLD_TAG], for example
#   images.sh registry.example/hearth "$(git rev-parse HEAD)" "$(npm run -s stages -- "$OLD")" "$OLD"
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -ge 3 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
prefix=$1 tag=$2 stages=" $3 " old=${4:-}

deliver() { # IMAGE STAGE
  local image=$1 stage=$2
  # a repeated delivery: a tag is a commit, and the registry does not let tags change
  if docker pull --quiet "$prefix/$image:$tag" >/dev/null 2>&1; then
    echo "$image: already in the registry"
    return
  fi
  if [[ $stages != *" $stage "* && -n $old ]] && docker pull --quiet "$prefix/$image:$old" >/dev/null 2>&1; then
    echo "$image: unchanged since $old"
    docker tag "$prefix/$image:$old" "$prefix/$image:$tag"
  else
    echo "$image: building"
    ONLY=$image deploy/images/build.sh "$tag" --quiet
    docker tag "$image:$tag" "$prefix/$image:$tag"
  fi
  docker push --quiet "$prefix/$image:$tag"
}

deliver hearth-api api
deliver hearth-web web
deliver hearth tools
