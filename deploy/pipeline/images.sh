#!/usr/bin/env bash
# Puts the images of this commit into a registry: builds those that a stage asks for, and gives the others, which have not
# changed, their new tag. Usage: images.sh PREFIX TAG STAGES [OLD_TAG], for example
#   images.sh registry.example/hearth "$(git rev-parse HEAD)" "$(npm run -s stages -- "$OLD")" "$OLD"
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -ge 3 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
prefix=$1 tag=$2 stages=" $3 " old=${4:-}

deliver() { # IMAGE STAGE
  local image=$1 stage=$2
  # a delivery that is tried again: a tag is a commit, and the registry lets nobody change it
  if docker pull --quiet "$prefix/$image:$tag" >/dev/null 2>&1; then
    echo "$image: there already"
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
