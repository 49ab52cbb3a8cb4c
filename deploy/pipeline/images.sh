#!/usr/bin/env bash
# Puts the images of this commit into a registry: builds those that a stage asks for, and gives the others, which have not
# changed, their new tag. Usage: images.sh PREFIX TAG STAGES [OLD_TAG], for example
#   images.sh registry.example/hearth "$(git rev-parse HEAD)" "$(npm run -s stages -- "$OLD")" "$OLD"
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -ge 3 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
prefix=$1 tag=$2 stages=" $3 " old=${4:-}

# What a commit is made of, not when: the same commit gives the same image.
created=$(git log -1 --format=%cI)
labels=(--build-arg "REVISION=$(git rev-parse HEAD)" --build-arg "CREATED=$created")
export DOCKER_BUILDKIT=1 SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)

deliver() { # IMAGE STAGE [docker build options]
  local image=$1 stage=$2
  shift 2
  if [[ $stages != *" $stage "* && -n $old ]] && docker pull --quiet "$prefix/$image:$old" >/dev/null 2>&1; then
    echo "$image: unchanged since $old"
    docker tag "$prefix/$image:$old" "$prefix/$image:$tag"
  else
    echo "$image: building"
    docker build --quiet "${labels[@]}" --tag "$prefix/$image:$tag" "$@" .
  fi
  docker push --quiet "$prefix/$image:$tag"
}

deliver hearth-api api --file Dockerfile.api
deliver hearth-web web --file Dockerfile.web
deliver hearth tools --file Dockerfile.api --target cli
