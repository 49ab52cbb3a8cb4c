# shellcheck shell=bash
# Where the three images come from, and what they are called: TAG, then LIVE-next until they have proved themselves, then LIVE.

names=(hearth-api hearth-web hearth)

build() { # NAME
  local options=()
  case $1 in
    hearth-api) options=(--file "$release/Dockerfile.api") ;;
    hearth-web) options=(--file "$release/Dockerfile.web") ;;
    hearth) options=(--file "$release/Dockerfile.api" --target cli) ;;
  esac
  DOCKER_BUILDKIT=1 docker build --quiet --tag "$1:$live-next" "${options[@]}" "$release" >/dev/null ||
    fail "the image $1 could not be built from $release; see above"
}

fetch_images() {
  say "images: $source"
  [ "$source" != load ] || docker load --input "$archive" >/dev/null || fail "$archive is no archive of docker save"
  local name
  for name in "${names[@]}"; do
    case $source in
      build) build "$name" && continue ;;
      pull)
        docker pull --quiet "$prefix/$name:$tag" >/dev/null || fail "$prefix/$name:$tag could not be pulled; see above"
        docker tag "$prefix/$name:$tag" "$name:$tag"
        ;;
    esac
    docker tag "$name:$tag" "$name:$live-next" || fail "there is no image $name:$tag; fetch it by --build, --load or --pull"
  done
}

# What a container of this image does; what only names the commit makes no difference.
image_content() { # IMAGE
  docker image inspect --format \
    '{{json .RootFS.Layers}}{{json .Config.Entrypoint}}{{json .Config.Cmd}}{{json .Config.User}}{{json .Config.Healthcheck}}{{range .Config.Env}}
{{.}}{{end}}' "$1" | grep -v '^HEARTH_REVISION='
}

# The images before stay as LIVE-previous: deploy/rollout --tag LIVE-previous brings them back.
name_images() {
  local name
  for name in "${names[@]}"; do
    if [ "$(docker images --quiet "$name:$live")" != "$(docker images --quiet "$name:$live-next")" ]; then
      docker tag "$name:$live" "$name:$live-previous" 2>/dev/null || say "$name: the first of its kind here"
    fi
    docker tag "$name:$live-next" "$name:$live"
    docker rmi "$name:$live-next" >/dev/null
  done
}
