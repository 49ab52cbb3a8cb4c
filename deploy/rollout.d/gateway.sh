# shellcheck shell=bash
# The gateway: told to read its configuration anew, and replaced only where its ports have been moved.

folder=deploy/gateway
gateway='' gateway_put_back=false gateway_started=false

gateway_image() { sed -n 's/^ *image: \(haproxy:.*\)$/\1/p' "$release/docker-compose.yml"; }
inside_gateway() { docker exec "$gateway" wget -q -O - "http://127.0.0.1:8081/servers$1"; }

find_gateway() {
  local ids
  ids=$(members gateway) || fail "the engine does not say which containers run; see above"
  gateway=${ids%%$'\n'*}
}

# A certificate switches HTTPS on; without one, nobody needs its port.
choose_url() {
  url=http://127.0.0.1:${HEARTH_PORT:-80} trial_port=8080
  if compgen -G "$HEARTH_HOME/$folder/certificates/*.pem" >/dev/null; then
    export HEARTH_HTTPS_PORT=${HEARTH_HTTPS_PORT:-443}
    url=https://127.0.0.1:$HEARTH_HTTPS_PORT trial_port=8443
  else
    export HEARTH_HTTPS_PORT=
  fi
}

# The release's files over what the host has of its own, with places for as many as stand side by side during a rollout.
check_gateway_configuration() {
  local said slots
  merged=$HEARTH_HOME/deploy/.gateway-next
  rm -rf "$merged" && mkdir -p "$merged/certificates"
  copy_files "$HEARTH_HOME/$folder" "$merged"
  copy_files "$release/$folder" "$merged"
  slots=$(count_slots)
  write_slots "$slots" || fail "$folder/haproxy.cfg could not be written to $merged with HEARTH_SLOTS $slots; see above"
  mapfile -t gateway_command < <(command_of gateway)
  [ "${#gateway_command[@]}" -gt 0 ] || gateway_command=(haproxy -f /usr/local/etc/haproxy/haproxy.cfg)
  # nobody has these names on a fresh host, and a name server far away may take its time to say so
  said=$(try_gateway --rm --add-host api:127.0.0.1 --add-host web:127.0.0.1 -- -c 2>&1) || { printf '%s\n' "$said" >&2; fail "$folder of the release is no configuration that HAProxy takes; see above"; }
}

write_slots() { # NUMBER
  sed "s/^  presetenv HEARTH_SLOTS .*/  setenv HEARTH_SLOTS $1/" "$release/$folder/haproxy.cfg" >"$merged/haproxy.cfg.new" &&
    grep -q "^  setenv HEARTH_SLOTS $1\$" "$merged/haproxy.cfg.new" &&
    [ "$(wc -l <"$release/$folder/haproxy.cfg")" = "$(wc -l <"$merged/haproxy.cfg.new")" ] &&
    mv -f "$merged/haproxy.cfg.new" "$merged/haproxy.cfg"
}

# As many as run, and as many as are to run, of what there is more of.
count_slots() {
  local service ids most=$replicas
  for service in api web; do
    ids=$(members "$service") || return 1
    ids=$(printf '%s' "$ids" | grep -c .) || true # none is no failure
    [ "$ids" -le "$most" ] || most=$ids
  done
  echo $((most + replicas > 4 ? most + replicas : 4))
}

try_gateway() { # DOCKER-OPTION... -- HAPROXY-OPTION...
  local options=() certificates=$HEARTH_HOME/$folder/certificates
  while [ "$1" != -- ]; do options+=("$1") && shift; done
  [ ! -d "$certificates" ] || options+=(--volume "$certificates:/usr/local/etc/haproxy/certificates:ro")
  docker run "${options[@]}" --network "$network" --label "hearth.project=$project" --label hearth.service=gateway \
    --env "HEARTH_HTTPS_PORT=$HEARTH_HTTPS_PORT" --volume "$merged:/usr/local/etc/haproxy:ro" "$(gateway_image)" "${gateway_command[@]}" "${@:2}"
}

# What HAProxy takes may still lead nowhere: a gateway that nobody outside can reach shows it.
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

# What was checked, and tried, comes into force by renaming alone, as does what goes back: neither needs any space.
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
  say "gateway: trying its new configuration, then reloading it"
  ask_trial_gateway
  place_configuration
  reload || fail "the gateway does not take up $folder; see its log: docker logs ${gateway:0:12}"
  ask_through "$url"
}

# Never to a configuration that HAProxy would not take. By a signal from within: docker kill would count as stopped on purpose, and the
# engine would not start it again. @returns when the new process answers
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

# As it was before this rollout, or one that was killed. What is put back has served, and is checked again before the reload.
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

# A rollout that was killed between placing a configuration and proving it.
recover_gateway() {
  [ -d "$gateway_before" ] || return 0
  gateway_put_back=true
  mapfile -t gateway_command < <(command_of gateway)
  put_gateway_back || fail "the gateway does not go back to the configuration in $gateway_before; see docker logs ${gateway:0:12}"
  gateway_put_back=false
}

start_gateway() {
  [ -z "$gateway" ] || return 0
  # who answers there now is only stopped for one that has shown what it can do
  [ -z "$compose$moved" ] || ask_trial_gateway
  say "gateway: starting it on $url"
  create gateway "$(gateway_image)" --restart=unless-stopped --network-alias gateway
  take_port
  start gateway "$created"
  gateway=$created gateway_started=true
}

# Every backend that the instance belongs to counts it as up.
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
