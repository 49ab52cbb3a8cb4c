# shellcheck shell=bash
# How a rollout begins, tells, fails and is put back.

say() { printf 'rollout: %s\n' "$*"; }

# Says what is wrong, where, and what to do; the trap puts everything back.
fail() {
  told=true
  tell_failure "$*"
  exit 1
}

# Whatever failed because its time was over failed for that reason.
tell_failure() {
  if late; then set -- "not done within $seconds s; see what the machine is busy with, or give a longer --deadline"; fi
  printf 'rollout: FAILED: %s\n' "$*" >&2
}

usage() {
  printf 'rollout: %s; deploy/rollout --help says more\n' "$*" >&2
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
      *) usage "\"$1\" is none of its options" ;;
    esac
    shift || usage "the last option lacks its value"
  done
  [[ $seconds =~ ^[1-9][0-9]*$ ]] || usage "--deadline takes seconds, such as 300"
  [ "$source" != load ] || [ "$archive" = - ] || [ -r "$archive" ] || usage "--load takes a file that can be read"
  [ "$source" != pull ] || [ -n "$prefix" ] || usage "--pull takes the address of a registry, such as registry.example.org/team"
}

# What the environment says goes before what .env says, as with Compose.
read_settings() {
  export HEARTH_HOME=${HEARTH_HOME:-/srv/hearth}
  mkdir -p "$HEARTH_HOME/deploy/gateway" || fail "$HEARTH_HOME cannot be made; set HEARTH_HOME to a folder that $(id -un) may write"
  HEARTH_HOME=$(cd "$HEARTH_HOME" && pwd)
  [ "$HEARTH_HOME" != "$release" ] || fail "HEARTH_HOME is the folder of the release itself; give what runs a folder of its own"
  if [ -f "$HEARTH_HOME/.env" ]; then
    while IFS='=' read -r key value || [ -n "$key" ]; do
      if [[ $key =~ ^[A-Z_]+$ ]] && [ -z "${!key+set}" ]; then export "$key=$value"; fi
    done <"$HEARTH_HOME/.env"
  fi
  project=${COMPOSE_PROJECT_NAME:-$(basename "$HEARTH_HOME" | tr '[:upper:]' '[:lower:]' | tr -cd 'a-z0-9_-')}
  network=${project}_production
  replicas=${HEARTH_REPLICAS:-2}
  [[ $replicas =~ ^[1-9][0-9]?$ ]] || fail "HEARTH_REPLICAS is \"$replicas\"; it takes a number of instances, such as 2"
  keep=${HEARTH_KEEP:-2}
  [[ $keep =~ ^[0-9]$ ]] || fail "HEARTH_KEEP is \"$keep\"; it takes how many releases before the one in production are kept, 0 to 9"
  live=${HEARTH_TAG:-latest}
  tag=${tag:-$live}
  gateway_before=$HEARTH_HOME/deploy/.gateway-before
}

# Held as long as this process lives, however it ends.
take_lock() {
  exec 9>"$HEARTH_HOME/.rollout.lock"
  flock -n 9 || fail "another rollout is under way in $HEARTH_HOME; try again when it has ended"
}

start_clock() { deadline=$((SECONDS + seconds)); }
late() { [ "$SECONDS" -ge "${deadline:-$((SECONDS + 1))}" ]; }

# No call of the engine outlives the deadline, and none keeps the lock.
docker() {
  ! late || return 124
  timeout $((${deadline:-SECONDS + 3600} - SECONDS)) docker "$@" 9>&-
}

# Runs as the trap of any end before the commit. What ran before is still there: it is started again if it was drained.
undo() {
  local code=$? command=$BASH_COMMAND left=0 id
  trap - EXIT INT TERM
  set +e
  [ -n "${told:-}" ] || tell_failure "exit code $code of: $command"
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
    say "put back what ran before"
  else
    printf 'rollout: FAILED: not all of what ran before is back; see above, and docker ps. The next rollout puts back the rest\n' >&2
  fi
  exit 1
}

# All that commit needs space for.
prepare_commit() { copy_file "$release/docker-compose.yml" "$HEARTH_HOME/docker-compose.yml.next"; }

commit() {
  local page
  page=$(fingerprint web "hearth-web:$live-next")
  name_images
  trap after_commit EXIT # from here on there is no way back
  rm -rf "$gateway_before"
  mv -f "$HEARTH_HOME/docker-compose.yml.next" "$HEARTH_HOME/docker-compose.yml"
  find "$HEARTH_HOME/assets" -mindepth 1 -maxdepth 1 ! -name "$page" -exec rm -rf {} + || say "old files of the page could not be removed; see above" >&2
  remove_drained
  prune_images
  say "in production: $(git -C "$release" log -1 --format='%h %s' 2>/dev/null || basename "$release")"
}

remove_drained() {
  local -a ended=("${drained[@]}" ${moved:+"$moved"})
  [ "${#ended[@]}" -eq 0 ] || docker rm --force "${ended[@]}" >/dev/null || say "what was drained could not be removed; see above. The next rollout does it" >&2
}

# The release serves: whatever is not done behind it is no reason to say that it was taken back.
after_commit() {
  local code=$? command=$BASH_COMMAND
  case $code in
    0 | 3) exit "$code" ;;
  esac
  [ -n "${told:-}" ] || tell_failure "the new page and API serve, but exit code $code of: $command"
  exit 3
}
