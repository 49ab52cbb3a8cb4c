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
    while IFS='=' read -r key value; do
      [[ $key =~ ^[A-Z_]+$ ]] && [ -z "${!key+set}" ] && export "$key=$value"
    done <"$HEARTH_HOME/.env"
  fi
  project=${COMPOSE_PROJECT_NAME:-$(basename "$HEARTH_HOME" | tr '[:upper:]' '[:lower:]' | tr -cd 'a-z0-9_-')}
  network=${project}_production
  replicas=${HEARTH_REPLICAS:-2}
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
  local code=$? command=$BASH_COMMAND
  trap - EXIT INT TERM
  set +e
  [ -n "${told:-}" ] || tell_failure "exit code $code of: $command"
  deadline=$((SECONDS + 120))
  if [ "${#drained[@]}" -gt 0 ]; then
    docker start "${drained[@]}" >/dev/null
    for id in "${drained[@]}"; do wait_up "$id"; done
  fi
  put_gateway_back
  remove "${started[@]}"
  say "put back what ran before"
  exit 1
}

commit() {
  name_images
  rm -rf "$gateway_before"
  cp "$release/docker-compose.yml" "$HEARTH_HOME/docker-compose.yml"
  find "$HEARTH_HOME/assets" -mindepth 1 -maxdepth 1 ! -name "$(fingerprint web "hearth-web:$live")" -exec rm -rf {} +
  [ "${#drained[@]}" -eq 0 ] || docker rm --force "${drained[@]}" >/dev/null
  say "in production: $(git -C "$release" log -1 --format='%h %s' 2>/dev/null || basename "$release")"
}
