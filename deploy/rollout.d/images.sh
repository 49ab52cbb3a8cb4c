# shellcheck shell=bash
# Where the three images come from, and their tags: TAG; LIVE-next until they have passed the checks; LIVE in production; LIVE-previous,
# LIVE-previous-2, … after the releases that follow, until they are removed.

names=(hearth-api hearth-web hearth)
declare -A before_names

image_id() { docker image inspect --format '{{.Id}}' "$1" 2>/dev/null; } # IMAGE

fetch_images() {
  local name
  for name in "${names[@]}"; do before_names[$name]=$(image_id "$name:$live") || before_names[$name]=''; done
  say "images: $source"
  case $source in
    build)
      "$release/deploy/images/build.sh" "$live-next" --quiet >/dev/null 9>&- || fail "building the images from $release failed; see above"
      return
      ;;
    load)
      if [ "$archive" = - ]; then docker load; else docker load --input "$archive"; fi >/dev/null || fail "$archive is not an archive of docker save"
      ;;
  esac
  for name in "${names[@]}"; do
    if [ "$source" = pull ]; then
      docker pull --quiet "$prefix/$name:$tag" >/dev/null || fail "$prefix/$name:$tag could not be pulled; see above"
      docker tag "$prefix/$name:$tag" "$name:$tag"
    fi
    docker tag "$name:$tag" "$name:$live-next" || fail "there is no image $name:$tag; use --build, --load or --pull"
  done
}

# What a container of this image runs. The name of the commit does not count.
image_content() { # IMAGE
  docker image inspect --format \
    '{{json .RootFS.Layers}}{{json .Config.Entrypoint}}{{json .Config.Cmd}}{{json .Config.User}}{{json .Config.Healthcheck}}{{range .Config.Env}}
{{.}}{{end}}' "$1" | grep -v '^HEARTH_REVISION='
}

generation() { # N: the tag of the Nth release before this one
  case $1 in
    0) echo "$live" ;;
    1) echo "$live-previous" ;;
    *) echo "$live-previous-$1" ;;
  esac
}

# The earlier images stay: deploy/rollout --tag LIVE-previous brings back all three of one release.
name_images() {
  local name n before now changed=false
  unwanted=()
  for name in "${names[@]}"; do
    now=$(image_id "$name:$live-next")
    before=${before_names[$name]}
    [ "$before" = "$now" ] || changed=true
    [ -n "$before" ] || say "$name: the first one on this host"
  done
  if [ "$changed" = true ]; then
    for name in "${names[@]}"; do
      unwanted+=("$(image_id "$name:$(generation "$keep")" || true)")
      for ((n = keep; n > 0; n--)); do
        if before=$([ "$n" -eq 1 ] && echo "${before_names[$name]}" || image_id "$name:$(generation $((n - 1)))") && [ -n "$before" ]; then
          docker tag "$before" "$name:$(generation "$n")"
        fi
      done
      unwanted+=("${before_names[$name]}")
    done
  fi
  for name in "${names[@]}"; do docker tag "$name:$live-next" "$name:$live"; done
}

# A failed rollout leaves every tag on its old image, and no image of its own.
put_names_back() {
  local name wrong=0
  for name in "${names[@]}"; do
    if [ -n "${before_names[$name]:-}" ] && [ "$(image_id "$name:$live")" != "${before_names[$name]}" ]; then
      docker tag "${before_names[$name]}" "$name:$live" || wrong=1
    fi
    docker rmi "$name:$live-next" >/dev/null 2>&1 # if it exists
  done
  return "$wrong"
}

# Removes only tags that rollouts made, and images without a tag.
prune_images() {
  local name image n
  for name in "${names[@]}"; do
    unwanted+=("$name:$live-next")
    [ "$source" != pull ] || unwanted+=("$prefix/$name:$tag")
    [[ $source != @(pull|load) || $tag = "$live" ]] || unwanted+=("$name:$tag")
    for ((n = keep + 1; n <= 10; n++)); do
      image_id "$name:$(generation "$n")" >/dev/null || break
      unwanted+=("$name:$(generation "$n")")
    done
  done
  for image in "${unwanted[@]}"; do
    case $image in
      '') continue ;;
      sha256:*) [ "$(docker image inspect --format '{{len .RepoTags}}' "$image" 2>/dev/null)" = 0 ] || continue ;;
    esac
    docker rmi "$image" >/dev/null 2>&1 || true # absent, or in use
  done
  [ "$source" != build ] || docker builder prune --force --keep-storage 4GB >/dev/null || say "the build cache could not be pruned; see above" >&2
}
