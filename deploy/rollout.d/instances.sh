# shellcheck shell=bash
# Instances of api and web. An instance is in the pool when it has the alias of its service in the network: the gateway looks this alias up
# once per second.

declare -A new old pool
started=() drained=()

state() { docker inspect --format "{{.State.$2}}" "$1"; }
label() { docker inspect --format "{{index .Config.Labels \"$2\"}}" "$1"; } # ID KEY
address() { docker inspect --format "{{(index .NetworkSettings.Networks \"$network\").IPAddress}}" "$1"; }
base() { echo "http://$(address "$1"):$(port_of "$2")"; }
port_of() { case $1 in api) echo 3000 ;; web) echo 8080 ;; esac; }

# Prints one line for each container that a filter finds: ID SERVICE RUNNING [ALIAS][ALIAS]… Fails if Docker does not respond, so that a
# missing answer does not look like a missing container.
describe() { # FILTER
  local found
  local -a ids
  found=$(docker ps --all --quiet --no-trunc --filter "$1") || return 1
  [ -n "$found" ] || return 0
  mapfile -t ids < <(printf '%s\n' "$found")
  docker inspect --format "{{.Id}} {{with index .Config.Labels \"hearth.service\"}}{{.}}{{else}}-{{end}} {{.State.Running}} {{with index .NetworkSettings.Networks \"$network\"}}{{range .Aliases}}[{{.}}]{{end}}{{end}}" "${ids[@]}"
}

members() { describe "network=$network" | awk -v alias="[$1]" 'index($4, alias) { print $1 }'; } # SERVICE: the containers in its pool

remove() { # ID...: stops them after they have finished their requests
  [ $# -gt 0 ] || return 0
  docker stop --time 35 "$@" >/dev/null 2>&1 # a trial gateway is already removed
  docker rm --force "$@" >/dev/null 2>&1
}

# Containers outside the pool, and a gateway that does not run, are left over from a rollout that was killed.
remove_leftovers() {
  docker network inspect "$network" >/dev/null 2>&1 || docker network create --label "hearth.project=$project" "$network" >/dev/null
  local described id service running aliases
  described=$(describe "label=hearth.project=$project") || fail "Docker cannot list the containers; see above"
  while read -r id service running aliases; do
    [ -n "$id" ] || continue
    if [[ $aliases != *"[$service]"* ]] || { [ "$service" = gateway ] && [ "$running" != true ]; }; then
      docker rm --force "$id" >/dev/null </dev/null
    fi
  done < <(printf '%s\n' "$described")
}

# The lines of containers/SERVICE.args with their settings filled in; after a line "--" comes the command.
arguments() { # SERVICE
  local line lines
  lines=$(cat "$release/deploy/containers/$1.args") && [ -n "$lines" ] || return 1
  while IFS= read -r line; do eval "printf '%s\n' \"$line\"" || return 1; done < <(printf '%s\n' "$lines")
}

command_of() { arguments "$1" | sed '1,/^--$/d'; } # SERVICE

fingerprint() { # SERVICE IMAGE
  local content args
  content=$(image_content "$2") && args=$(arguments "$1") || return 1
  printf '%s\n%s\n' "$content" "$args" | sha256sum | cut -c1-16
}

create() { # SERVICE IMAGE OPTION...: @returns the id in $created
  local service=$1 image=$2 lines print
  local -a args command
  shift 2
  lines=$(arguments "$service") || fail "deploy/containers/$service.args cannot be read; see above"
  print=$(fingerprint "$service" "$image")
  mapfile -t args < <(printf '%s\n' "$lines" | sed '/^--$/,$d')
  mapfile -t command < <(printf '%s\n' "$lines" | sed '1,/^--$/d')
  created=$(docker create --name "$project-$service-$(date +%s)-$RANDOM" --network "$network" --label "hearth.project=$project" \
    --label "hearth.service=$service" --label "hearth.fingerprint=$print" "$@" "${args[@]}" "$image" "${command[@]}")
  started+=("$created")
}

start() { # SERVICE ID
  docker start "$2" >/dev/null || fail "the container of $1 could not be started; see above"
}

# Starts new instances outside the pool, unless the running ones are the same. Docker does not restart them before they have passed the checks.
start_instances() { # SERVICE
  local service=$1 image=hearth-$1:$live-next same=0 assets='' id ids wanted
  old[$service]='' new[$service]=''
  wanted=$(fingerprint "$service" "$image")
  ids=$(members "$service")
  for id in $ids; do
    if [ "$(state "$id" Running)" = true ] && [ "$same" -lt "$replicas" ] && [ "$(label "$id" hearth.fingerprint)" = "$wanted" ]; then
      same=$((same + 1)) pool[$service]+="$id "
    else
      old[$service]+="$id "
    fi
  done
  say "$service: $same of $replicas instances already run this release"
  [ "$same" -eq "$replicas" ] || [ "$service" != web ] || gather_assets "$image"
  while [ "$same" -lt "$replicas" ]; do
    create "$service" "$image" --restart=no ${assets:+"--volume=$assets:/hearth/dist/assets:ro"}
    start "$service" "$created"
    new[$service]+="$created " pool[$service]+="$created " same=$((same + 1))
  done
}

# A browser that has just loaded the old page still needs its files: the new page is served together with them.
gather_assets() { # IMAGE
  assets=$(fingerprint web "$1")
  assets=$HEARTH_HOME/assets/$assets
  [ ! -d "$assets" ] || return 0
  local image id before=''
  for id in ${old[web]}; do before=$(docker inspect --format '{{.Image}}' "$id"); done
  rm -rf "$assets.new" && mkdir -p "$assets.new"
  for image in $before "$1"; do
    id=$(docker create "$image")
    docker cp "$id:/hearth/dist/assets/." "$assets.new" >/dev/null || { docker rm "$id" >/dev/null; rm -rf "$assets.new"; fail "the page's files could not be copied to $assets; see above"; }
    docker rm "$id" >/dev/null
  done
  mv "$assets.new" "$assets"
}

# Runs the checks on this host, with the Node of our image. The certificate names the site, not 127.0.0.1, so it is not verified.
verify() {
  docker run --rm --network host --user "$(id -u):$(id -g)" --read-only --entrypoint /nodejs/bin/node \
    --env NODE_TLS_REJECT_UNAUTHORIZED=0 --env NODE_NO_WARNINGS=1 \
    --volume "$release/deploy/verify:/verify:ro" --volume "$HEARTH_HOME/models:/models:ro" "hearth-api:$verifier" /verify/main.ts "$@"
}
verifier=

# Do not wait for an instance that has ended.
assert_running() { # SERVICE ID
  [ "$(state "$2" Running)" != true ] || return 0
  docker logs --tail 5 "$2" >&2
  fail "the new $1 ends right after its start (exit code $(state "$2" ExitCode)); its last log lines are above"
}

ask_instances() { # SERVICE
  local service=$1 id asking
  verifier=$live-next
  for id in ${new[$service]}; do
    assert_running "$service" "$id"
    ask "$service" "$(base "$id" "$service")" --within 30 9>&- &
    asking=$!
    while kill -0 "$asking" 2>/dev/null; do
      assert_running "$service" "$id"
      sleep 0.5
    done
    wait "$asking" || fail "the new $service fails its checks; see above"
  done
}

ask() { # SERVICE URL OPTION...
  if [ "$1" = api ]; then verify api "$2" --models /models "${@:3}"; else verify web "$2" "${@:3}"; fi
}

enter_pool() { # SERVICE
  local id
  for id in ${new[$1]}; do
    docker update --restart=unless-stopped "$id" >/dev/null
    docker network disconnect "$network" "$id"
    docker network connect --alias "$1" "$network" "$id"
  done
}

wait_in_pool() { # SERVICE
  local id
  for id in ${new[$1]}; do wait_up "$id" || fail "the gateway does not report the new $1 as healthy, although it passes its checks directly; see docker logs ${gateway:0:12}"; done
}

# The old instances report at once that they are not ready, and answer requests until the gateway has noticed.
drain_old() { # SERVICE
  [ -n "${old[$1]}" ] || return 0
  # shellcheck disable=SC2206 # ids, separated by blanks
  local ids=(${old[$1]})
  drained+=("${ids[@]}")
  say "$1: draining ${#ids[@]} old instances"
  docker stop --time 35 "${ids[@]}" >/dev/null
}
