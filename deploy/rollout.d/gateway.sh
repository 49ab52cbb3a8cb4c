# shellcheck shell=bash
# The gateway: never replaced, only told to read its configuration anew.

folder=deploy/gateway
gateway_put_back=false

gateway_image() { sed -n 's/^ *image: \(haproxy:.*\)$/\1/p' "$release/docker-compose.yml"; }
gateway_id() { members gateway | head -n 1; }
inside_gateway() { docker exec "$(gateway_id)" wget -q -O - "http://127.0.0.1:8081/servers$1"; }

# The release's files over what the host has of its own, such as certificates.
check_gateway_configuration() {
  local merged=$HEARTH_HOME/deploy/.gateway-next command
  rm -rf "$merged" && cp -R "$HEARTH_HOME/$folder" "$merged" && cp -R "$release/$folder/." "$merged/"
  mapfile -t command < <(command_of gateway)
  [ "${#command[@]}" -gt 0 ] || command=(haproxy -f /usr/local/etc/haproxy/haproxy.cfg)
  docker run --rm --network "$network" --volume "$merged:/usr/local/etc/haproxy:ro" "$(gateway_image)" "${command[@]}" -c -q >/dev/null ||
    fail "$folder of the release is no configuration that HAProxy takes; see above"
  rm -rf "$merged"
}

# Each file beside its place, then by one rename: the container sees the folder.
place_configuration() { # FROM
  local file
  for file in "$1"/*.cfg; do
    cp "$file" "$HEARTH_HOME/$folder/.new" && mv "$HEARTH_HOME/$folder/.new" "$HEARTH_HOME/$folder/${file##*/}"
  done
}

configuration_changed() {
  local file
  for file in "$release/$folder"/*.cfg; do cmp -s "$file" "$HEARTH_HOME/$folder/${file##*/}" || return 0; done
  return 1
}

reload_gateway() {
  if [ -z "$(gateway_id)" ]; then
    cp -R "$release/$folder/." "$HEARTH_HOME/$folder/"
    return
  fi
  configuration_changed || return 0
  say "gateway: reloading its configuration"
  cp -R "$HEARTH_HOME/$folder" "$gateway_before.new" && mv "$gateway_before.new" "$gateway_before"
  gateway_put_back=true
  place_configuration "$release/$folder"
  reload || fail "the gateway does not take up $folder; see its log: docker logs $(gateway_id | cut -c1-12)"
  verifier=$live-next
  ask_through_gateway
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

ask_through_gateway() {
  local like=() id
  ask api "$url" --within 15 || fail "through the gateway the API does not answer as it should; see above"
  for id in ${new[web]:-}; do like=(--like "$(base "$id" web)"); done
  # while old ones are in the pool too, the page may be theirs
  ask web "$url" "${like[@]}" --within 15 || fail "through the gateway the page is not what it should be; see above"
}
