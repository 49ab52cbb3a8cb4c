# shellcheck shell=bash
# Where the three images come from, and what they are called: TAG, then LIVE-next until they have proved themselves, then LIVE.

names=(hearth-api hearth-web hearth)

fetch_images() {
  say "images: $source"
  case $source in
    build)
      "$release/deploy/images/build.sh" "$live-next" --quiet >/dev/null 9>&- || fail "the images could not be built from $release; see above"
      return
      ;;
    load)
      if [ "$archive" = - ]; then docker load; else docker load --input "$archive"; fi >/dev/null || fail "$archive is no archive of docker save"
      ;;
  esac
  local name
  for name in "${names[@]}"; do
    if [ "$source" = pull ]; then
      docker pull --quiet "$prefix/$name:$tag" >/dev/null || fail "$prefix/$name:$tag could not be pulled; see above"
      docker tag "$prefix/$name:$tag" "$name:$tag"
    fi
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
