# shellcheck shell=bash
# The gateway: never replaced, only told to read its configuration anew.

folder=deploy/gateway
gateway_put_back=false

gateway_image() { sed -n 's/^ *image: \(haproxy:.*\)$/\1/p' "$release/docker-compose.yml"; }
gateway_id() { members gateway | sed -n 1p; }
inside_gateway() { docker exec "$(gateway_id)" wget -q -O - "http://127.0.0.1:8081/servers$1"; }

# A certificate switches HTTPS on.
choose_url() {
  url=http://127.0.0.1:${HEARTH_PORT:-80} trial_port=8080
  if compgen -G "$HEARTH_HOME/$folder/certificates/*.pem" >/dev/null; then
    url=https://127.0.0.1:${HEARTH_HTTPS_PORT:-443} trial_port=8443
  fi
}

# The release's files over what the host has of its own.
check_gateway_configuration() {
  merged=$HEARTH_HOME/deploy/.gateway-next
  rm -rf "$merged" && mkdir -p "$merged/certificates"
  copy_files "$HEARTH_HOME/$folder" "$merged" && copy_files "$release/$folder" "$merged"
  mapfile -t gateway_command < <(command_of gateway)
  [ "${#gateway_command[@]}" -gt 0 ] || gateway_command=(haproxy -f /usr/local/etc/haproxy/haproxy.cfg)
  local said
  # nobody has these names on a fresh host, and a name server far away may take its time to say so
  said=$(try_gateway --rm --add-host api:127.0.0.1 --add-host web:127.0.0.1 -- -c 2>&1) || { printf '%s\n' "$said" >&2 && fail "$folder of the release is no configuration that HAProxy takes; see above"; }
}

# Never the certificates: their keys are for nobody but the gateway.
copy_files() { find "$1" -maxdepth 1 -type f -exec cp {} "$2" \;; } # FROM TO

try_gateway() { # DOCKER-OPTION... -- HAPROXY-OPTION...
  local options=() certificates=$HEARTH_HOME/$folder/certificates
  while [ "$1" != -- ]; do options+=("$1") && shift; done
  [ ! -d "$certificates" ] || options+=(--volume "$certificates:/usr/local/etc/haproxy/certificates:ro")
  docker run "${options[@]}" --network "$network" --label "hearth.project=$project" --label hearth.service=gateway \
    --volume "$merged:/usr/local/etc/haproxy:ro" "$(gateway_image)" "${gateway_command[@]}" "${@:2}"
}

# What HAProxy takes may still lead nowhere: a gateway that nobody outside can reach shows it.
ask_trial_gateway() {
  local trial
  trial=$(try_gateway --detach --)
  started+=("$trial")
  ask_through "${url%%:*}://$(address "$trial"):$trial_port"
  docker rm --force "$trial" >/dev/null
}

# Each file beside its place, then by one rename: the container sees the folder.
place_configuration() { # FROM
  local file
  for file in "$1"/*; do
    if [ -f "$file" ]; then cp "$file" "$HEARTH_HOME/$folder/.new" && mv "$HEARTH_HOME/$folder/.new" "$HEARTH_HOME/$folder/${file##*/}"; fi
  done
}

configuration_changed() {
  local file
  for file in "$release/$folder"/*; do [ -f "$file" ] || continue; cmp -s "$file" "$HEARTH_HOME/$folder/${file##*/}" || return 0; done
  return 1
}

reload_gateway() {
  if [ -z "$(gateway_id)" ]; then
    place_configuration "$release/$folder"
    return
  fi
  configuration_changed || return 0
  say "gateway: trying its new configuration, then reloading it"
  verifier=$live-next
  ask_trial_gateway
  rm -rf "$gateway_before.new" && mkdir "$gateway_before.new"
  copy_files "$HEARTH_HOME/$folder" "$gateway_before.new" && mv "$gateway_before.new" "$gateway_before"
  gateway_put_back=true
  place_configuration "$release/$folder"
  reload || fail "the gateway does not take up $folder; see its log: docker logs $(gateway_id | cut -c1-12)"
  ask_through "$url"
}

# By a signal from within: docker kill would count as stopped on purpose, and the engine would not start it again. @returns when the new
# process answers
reload() {
  local before
  before=$(gateway_process)
  docker exec "$(gateway_id)" sh -c 'kill -USR2 1'
  for _ in $(seq 40); do
    sleep 0.25
    [ "$(gateway_process)" = "$before" ] || return 0
  done
  return 1
}
gateway_process() { inside_gateway '' 2>/dev/null | grep -o 'pid = [^(]*' || echo none; }

put_gateway_back() {
  give_port_back
  if [ "$gateway_put_back" = true ]; then
    place_configuration "$gateway_before"
    reload && rm -rf "$gateway_before"
  fi
}

# A rollout that was killed between placing a configuration and proving it.
recover_gateway() {
  [ -d "$gateway_before" ] || return 0
  gateway_put_back=true
  put_gateway_back || fail "the gateway does not go back to the configuration in $gateway_before; see docker logs $(gateway_id | cut -c1-12)"
  gateway_put_back=false
}

start_gateway() {
  [ -z "$(gateway_id)" ] || return 0
  # who answers there now is only stopped for one that has shown what it can do
  [ -z "$compose" ] || ask_trial_gateway
  say "gateway: starting it on $url"
  create gateway "$(gateway_image)" --restart=unless-stopped --network-alias gateway
  take_port
  start gateway "$created"
}

# Every backend that the instance belongs to counts it as up.
wait_up() { # ID
  local service at backends
  for service in api web; do if has_alias "$1" "$service"; then break; fi; done
  at=$(address "$1"):$(port_of "$service")
  backends=$([ "$service" = api ] && echo 2 || echo 1)
  for _ in $(seq 60); do
    [ "$(inside_gateway ';csv' 2>/dev/null | servers_up "$at")" -lt "$backends" ] || return 0
    sleep 0.25
  done
  return 1
}

servers_up() { # ADDRESS: how often it stands there as UP
  awk -F, -v at="$1" 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i } $column["addr"] == at && $column["status"] ~ /^UP/ { n++ } END { print n + 0 }'
}

# While old ones are in the pool too, the page may be theirs.
ask_through() { # URL
  local like=() id
  ask api "$1" --within 15 || fail "through the gateway at $1 the API does not answer as it should; see above"
  for id in ${new[web]:-}; do [ ${#drained[@]} -eq 0 ] || like=(--like "$(base "$id" web)"); done
  ask web "$1" "${like[@]}" --within 15 || fail "through the gateway at $1 the page is not what it should be; see above"
}
