# shellcheck shell=bash
# Arguments, settings, messages, failures, and the way back.

say() { printf 'rollout: %s\n' "$*"; }

# Prints what is wrong and what to do, and ends the rollout. The trap restores the old release.
fail() {
  reported=true
  tell_failure "$*"
  exit 1
}

# After the deadline, the deadline is the reason.
tell_failure() {
  if late; then set -- "not done within $seconds s; find out what keeps the machine busy, or set a longer --deadline"; fi
  printf 'rollout: FAILED: %s\n' "$*" >&2
}

usage() {
  printf 'rollout: %s; see deploy/rollout --help\n' "$*" >&2
  exit 2
}

read_arguments() {
  source=here archive='' prefix='' tag='' seconds=300
  while [ $# -gt 0 ]; do
    case $1 in
      --build) source=build ;;
      --load) source=load archive=${2:-} && shift ;;
      --pull) source=pull prefix=${2:-} && shift ;;
      --tag) tag=${2:-} && shift ;;
      --deadline) seconds=${2:-} && shift ;;
      -h | --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$release/deploy/rollout" && exit 0 ;;
      *) usage "unknown option \"$1\"" ;;
    esac
    shift || usage "the last option needs a value"
  done
  [[ $seconds =~ ^[1-9][0-9]*$ ]] || usage "--deadline needs a number of seconds, such as 300"
  [ "$source" != load ] || [ "$archive" = - ] || [ -r "$archive" ] || usage "--load needs a readable file"
  [ "$source" != pull ] || [ -n "$prefix" ] || usage "--pull needs the address of a registry, such as registry.example.org/team"
}

# Environment variables override .env, as in Compose.
read_settings() {
  export HEARTH_HOME=${HEARTH_HOME:-/srv/hearth}
  mkdir -p "$HEARTH_HOME/deploy/gateway" || fail "$HEARTH_HOME cannot be created; set HEARTH_HOME to a folder that $(id -un) can write to"
  HEARTH_HOME=$(cd "$HEARTH_HOME" && pwd)
  [ "$HEARTH_HOME" != "$release" ] || fail "HEARTH_HOME is the folder of the release; set it to another folder"
  if [ -f "$HEARTH_HOME/.env" ]; then
    while IFS='=' read -r key value || [ -n "$key" ]; do
      if [[ $key =~ ^[A-Z_]+$ ]] && [ -z "${!key+set}" ]; then export "$key=$value"; fi
    done <"$HEARTH_HOME/.env"
  fi
  project=${COMPOSE_PROJECT_NAME:-$(basename "$HEARTH_HOME" | tr '[:upper:]' '[:lower:]' | tr -cd 'a-z0-9_-')}
  network=${project}_production
  replicas=${HEARTH_REPLICAS:-2}
  [[ $replicas =~ ^[1-9][0-9]?$ ]] || fail "HEARTH_REPLICAS is \"$replicas\"; it must be a number of instances, such as 2"
  keep=${HEARTH_KEEP:-2}
  [[ $keep =~ ^[0-9]$ ]] || fail "HEARTH_KEEP is \"$keep\"; it must be the number of earlier releases to keep, 0 to 9"
  live=${HEARTH_TAG:-latest}
  tag=${tag:-$live}
  gateway_before=$HEARTH_HOME/deploy/.gateway-before
}

# The kernel holds the lock as long as this process lives.
take_lock() {
  exec 9>"$HEARTH_HOME/.rollout.lock"
  flock -n 9 || fail "another rollout is running in $HEARTH_HOME; try again when it has ended"
}

start_clock() { deadline=$((SECONDS + seconds)); }
late() { [ "$SECONDS" -ge "${deadline:-$((SECONDS + 1))}" ]; }

# No Docker command outlives the deadline or keeps the lock.
docker() {
  ! late || return 124
  timeout $((${deadline:-SECONDS + 3600} - SECONDS)) docker "$@" 9>&-
}

# The trap for every exit before the commit. The old release is still there; instances that were drained are started again.
undo() {
  local code=$? command=$BASH_COMMAND left=0 id
  trap - EXIT INT TERM
  set +e
  [ -n "${reported:-}" ] || tell_failure "exit code $code from: $command"
  deadline=$((SECONDS + 120))
  if [ "${#drained[@]}" -gt 0 ]; then
    docker start "${drained[@]}" >/dev/null || left=1
    for id in "${drained[@]}"; do wait_up "$id" || left=1; done
  fi
  put_gateway_back || left=1
  remove "${started[@]}"
  put_names_back || left=1
  rm -f "$HEARTH_HOME/docker-compose.yml.next"
  if [ "$left" = 0 ]; then
    say "restored the old release"
  else
    printf 'rollout: FAILED: the old release is not fully restored; see above, and docker ps. The next rollout restores the rest\n' >&2
  fi
  exit 1
}

# The only part of the commit that needs space.
prepare_commit() { copy_file "$release/docker-compose.yml" "$HEARTH_HOME/docker-compose.yml.next"; }

commit() {
  local page
  page=$(fingerprint web "hearth-web:$live-next")
  name_images
  trap after_commit EXIT # no way back from here on
  rm -rf "$gateway_before"
  mv -f "$HEARTH_HOME/docker-compose.yml.next" "$HEARTH_HOME/docker-compose.yml"
  find "$HEARTH_HOME/assets" -mindepth 1 -maxdepth 1 ! -name "$page" -exec rm -rf {} + || say "old files of the page could not be removed; see above" >&2
  remove_drained
  prune_images
  say "in production: $(git -C "$release" log -1 --format='%h %s' 2>/dev/null || basename "$release")"
}

remove_drained() {
  local -a ended=("${drained[@]}" ${moved:+"$moved"})
  [ "${#ended[@]}" -eq 0 ] || docker rm --force "${ended[@]}" >/dev/null || say "drained containers could not be removed; see above. The next rollout removes them" >&2
}

# The release serves now, so a failure after the commit must not be reported as exit code 1.
after_commit() {
  local code=$? command=$BASH_COMMAND
  case $code in
    0 | 3) exit "$code" ;;
  esac
  [ -n "${reported:-}" ] || tell_failure "the new page and API serve, but this failed with exit code $code: $command"
  exit 3
}
