# shellcheck shell=bash
# The gateway: it reloads its configuration, and is replaced only if its ports have changed.

folder=deploy/gateway
gateway='' gateway_put_back=false gateway_started=false

gateway_image() { sed -n 's/^ *image: \(haproxy:.*\)$/\1/p' "$release/docker-compose.yml"; }
inside_gateway() { docker exec "$gateway" wget -q -O - "http://127.0.0.1:8081/servers$1"; }

find_gateway() {
  local ids
  ids=$(members gateway) || fail "Docker cannot list the running containers; see above"
  gateway=${ids%%$'\n'*}
}

# HTTPS is on if there is a certificate; otherwise its port is not needed.
choose_url() {
  url=http://127.0.0.1:${HEARTH_PORT:-80} trial_port=8080
  if compgen -G "$HEARTH_HOME/$folder/certificates/*.pem" >/dev/null; then
    export HEARTH_HTTPS_PORT=${HEARTH_HTTPS_PORT:-443}
    url=https://127.0.0.1:$HEARTH_HTTPS_PORT trial_port=8443
  else
    export HEARTH_HTTPS_PORT=
  fi
}

# Merges the files of the release over those of the host, with a slot for each instance that runs during a rollout.
check_gateway_configuration() {
  local said slots
  merged=$HEARTH_HOME/deploy/.gateway-next
  rm -rf "$merged" && mkdir -p "$merged/certificates"
  copy_files "$HEARTH_HOME/$folder" "$merged"
  copy_files "$release/$folder" "$merged"
  slots=$(count_slots)
  write_slots "$slots" || fail "HEARTH_SLOTS $slots could not be written to $merged/haproxy.cfg; see above"
  mapfile -t gateway_command < <(command_of gateway)
  [ "${#gateway_command[@]}" -gt 0 ] || gateway_command=(haproxy -f /usr/local/etc/haproxy/haproxy.cfg)
  # on a new host nothing has these names, and a remote name server can be slow to say so
  said=$(try_gateway --rm --add-host api:127.0.0.1 --add-host web:127.0.0.1 -- -c 2>&1) || { printf '%s\n' "$said" >&2; fail "HAProxy refuses the configuration in $folder of the release; see above"; }
}

write_slots() { # NUMBER
  sed "s/^  presetenv HEARTH_SLOTS .*/  setenv HEARTH_SLOTS $1/" "$release/$folder/haproxy.cfg" >"$merged/haproxy.cfg.new" &&
    grep -q "^  setenv HEARTH_SLOTS $1\$" "$merged/haproxy.cfg.new" &&
    [ "$(wc -l <"$release/$folder/haproxy.cfg")" = "$(wc -l <"$merged/haproxy.cfg.new")" ] &&
    mv -f "$merged/haproxy.cfg.new" "$merged/haproxy.cfg"
}

# Instances that run now plus instances that will run, of the service with more of them.
count_slots() {
  local service ids most=$replicas
  for service in api web; do
    ids=$(members "$service") || return 1
    ids=$(printf '%s' "$ids" | grep -c .) || true # grep exits with 1 when it counts none
    [ "$ids" -le "$most" ] || most=$ids
  done
  echo $((most + replicas > 4 ? most + replicas : 4))
}

try_gateway() { # DOCKER-OPTION... -- HAPROXY-OPTION...
  local options=() certificates=$HEARTH_HOME/$folder/certificates
  while [ "$1" != -- ]; do options+=("$1") && shift; done
  [ ! -d "$certificates" ] || options+=(--volume "$certificates:/usr/local/etc/haproxy/certificates:ro")
  docker run "${options[@]}" --network "$network" --label "hearth.project=$project" --label hearth.service=gateway \
    --env "HEARTH_HTTPS_PORT=$HEARTH_HTTPS_PORT" --env "HEARTH_GRPC_PORT=${HEARTH_GRPC_PORT:-}" --volume "$merged:/usr/local/etc/haproxy:ro" "$(gateway_image)" "${gateway_command[@]}" "${@:2}"
}

# A valid configuration can still send requests to the wrong place. A second gateway without outside traffic shows this.
ask_trial_gateway() {
  local trial
  verifier=$live-next
  trial=$(try_gateway --detach --)
  started+=("$trial")
  ask_through "${url%%:*}://$(address "$trial"):$trial_port"
  docker rm --force "$trial" >/dev/null
}

configuration_changed() {
  local file
  for file in "$merged"/*; do [ -f "$file" ] || continue; cmp -s "$file" "$HEARTH_HOME/$folder/${file##*/}" || return 0; done
  return 1
}

# The new configuration becomes active by renaming, and so does the old one when it is put back: neither needs space.
place_configuration() {
  local file
  rm -rf "$gateway_before.new" && mkdir "$gateway_before.new"
  for file in "$HEARTH_HOME/$folder"/*; do [ ! -f "$file" ] || link_file "$file" "$gateway_before.new/${file##*/}"; done
  mv "$gateway_before.new" "$gateway_before"
  gateway_put_back=true
  for file in "$merged"/*; do [ ! -f "$file" ] || link_file "$file" "$HEARTH_HOME/$folder/${file##*/}"; done
}

reload_gateway() {
  configuration_changed || return 0
  if [ -z "$gateway" ]; then
    place_configuration
    return
  fi
  say "gateway: testing the new configuration, then reloading"
  ask_trial_gateway
  place_configuration
  reload || fail "the gateway does not reload $folder; see docker logs ${gateway:0:12}"
  ask_through "$url"
}

# Only to a configuration that HAProxy accepts. The signal is sent inside the container: after docker kill, Docker would count the container
# as stopped on purpose and not restart it. @returns when the new process responds
reload() {
  local before said
  before=$(gateway_process) || return 1
  said=$(docker exec "$gateway" "${gateway_command[@]}" -c 2>&1) || { printf '%s\n' "$said" >&2; return 1; }
  docker exec "$gateway" sh -c 'kill -USR2 1' || return 1
  for _ in {1..40}; do
    sleep 0.25
    case $(gateway_process) in '' | "$before") ;; *) return 0 ;; esac
  done
  return 1
}
gateway_process() { inside_gateway '' 2>/dev/null | grep -o 'pid = [^(]*'; }

# Restores the configuration from before this rollout, or from before one that was killed. It is checked again before the reload.
put_gateway_back() {
  local file wrong=0
  if [ "$gateway_put_back" = true ]; then
    for file in "$gateway_before"/*; do [ ! -f "$file" ] || mv -f "$file" "$HEARTH_HOME/$folder/${file##*/}" || wrong=1; done
  fi
  give_port_back || wrong=1
  if [ "$gateway_put_back" = true ] && [ -n "$gateway" ] && [ "$gateway_started" = false ]; then reload || wrong=1; fi
  [ "$wrong" = 1 ] || rm -rf "$gateway_before"
  return "$wrong"
}

# After a rollout that was killed between writing a configuration and checking it.
recover_gateway() {
  [ -d "$gateway_before" ] || return 0
  gateway_put_back=true
  mapfile -t gateway_command < <(command_of gateway)
  put_gateway_back || fail "the gateway does not load the configuration in $gateway_before; see docker logs ${gateway:0:12}"
  gateway_put_back=false
}

start_gateway() {
  [ -z "$gateway" ] || return 0
  # the old gateway is stopped only for one that has passed its checks
  [ -z "$compose$moved" ] || ask_trial_gateway
  say "gateway: starting on $url"
  create gateway "$(gateway_image)" --restart=unless-stopped --network-alias gateway
  take_port
  start gateway "$created"
  gateway=$created gateway_started=true
}

# Waits until every backend of the instance reports it as up.
wait_up() { # ID
  local service=web at backends=1 up api
  api=$(members api)
  if [[ $api == *"$1"* ]]; then service=api backends=3; fi
  at=$(address "$1"):$(port_of "$service")
  for _ in {1..60}; do
    up=$(inside_gateway ';csv' 2>/dev/null | servers_up "$at") || up=0
    [ "$up" -lt "$backends" ] || return 0
    sleep 0.25
  done
  return 1
}

servers_up() { # ADDRESS: in how many backends it is UP
  awk -F, -v at="$1" 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i } $column["addr"] == at && $column["status"] ~ /^UP/ { n++ } END { print n + 0 }'
}

# While old instances are in the pool too, the page can come from them.
ask_through() { # URL
  local like=() id
  ask api "$1" --within 15 || fail "through the gateway at $1, the API gives wrong answers or none; see above"
  for id in ${new[web]:-}; do [ ${#drained[@]} -eq 0 ] || like=(--like "$(base "$id" web)"); done
  ask web "$1" "${like[@]}" --within 15 || fail "through the gateway at $1, the page is wrong or missing; see above"
}
