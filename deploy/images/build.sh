#!/usr/bin/env bash
# Builds the three images, or those that ONLY names, with labels from git. Usage: [ONLY="hearth-api …"] build.sh TAG [docker build options]
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -ge 1 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }
tag=$1
shift
export DOCKER_BUILDKIT=1

utc() { # SECONDS, with GNU's date or BSD's
  date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -r "$1" +%Y-%m-%dT%H:%M:%SZ
}

label() { # PATH... : sets $labels; the time is that of the last commit to these paths, or now if they have uncommitted changes
  labels=(--build-arg "VERSION=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)")
  [ -e .git ] || return 0 # a release without its git history
  local source time
  source=$(git remote get-url origin 2>/dev/null | sed -nE 's#^(https?://)([^@/]*@)?#\1#p' || true)
  time=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct -- "$@")}
  [ -n "${SOURCE_DATE_EPOCH:-}" ] || [ -z "$(git status --porcelain -- "$@")" ] || time=$(date +%s)
  labels+=(
    --build-arg "REVISION=$(git rev-parse HEAD)"
    --build-arg "CREATED=$(utc "$time")"
    --build-arg "SOURCE=$source"
    --build-arg "SOURCE_DATE_EPOCH=$time"
  )
}

build() { # NAME [docker build options]
  local name=$1
  shift
  [[ " ${ONLY:-$name} " == *" $name "* ]] || return 0
  docker build "${labels[@]}" --tag "$name:$tag" "$@" .
}

packages=(.dockerignore .pnpmfile.cjs package.json pnpm-lock.yaml pnpm-workspace.yaml tsconfig.json artifact)
label "${packages[@]}" Dockerfile.api api models
build hearth-api --file Dockerfile.api "$@"
label "${packages[@]}" Dockerfile.api training data
build hearth --file Dockerfile.api --target cli "$@"
label "${packages[@]}" Dockerfile.web web
build hearth-web --file Dockerfile.web "$@"
