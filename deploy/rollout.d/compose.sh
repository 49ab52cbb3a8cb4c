# shellcheck shell=bash
# What `docker compose up` started on our port. It goes on answering until the new release has proved itself; then the port changes hands,
# which only the very first rollout on a host does. What Compose starts later is in another network, and never in the pool.

compose='' compose_gateway='' port_taken=false

# Who has the port, where no rollout has been here yet.
find_compose() {
  [ -z "$(gateway_id)" ] || return 0
  local id
  for id in $(docker ps --quiet --no-trunc --filter "publish=${HEARTH_PORT:-80}"); do
    [ "$(label "$id" com.docker.compose.service)" = gateway ] ||
      fail "port ${HEARTH_PORT:-80} is taken by the container $(docker inspect --format '{{.Name}}' "$id"); stop it, or set HEARTH_PORT"
    compose=$(label "$id" com.docker.compose.project) compose_gateway=$id
  done
}

label() { docker inspect --format "{{index .Config.Labels \"$2\"}}" "$1"; } # ID KEY

mounted() { # ID PLACE: the folder of the host that is mounted there
  docker inspect --format "{{range .Mounts}}{{if eq .Destination \"$2\"}}{{.Source}}{{end}}{{end}}" "$1"
}

# A host without models of its own takes those that answer here already, and else the release's; with the certificates it is the same.
take_over() {
  local models=$release/models gateway=$release/$folder id
  if [ -n "$compose" ]; then
    id=$(docker ps --quiet --filter "label=com.docker.compose.project=$compose" --filter label=com.docker.compose.service=api)
    [ -z "$id" ] || models=$(mounted "$id" /hearth/models)
    gateway=$(mounted "$compose_gateway" /usr/local/etc/haproxy)
  fi
  copy_once "$models" "$HEARTH_HOME/models"
  [ -n "$(gateway_id)" ] || [ ! -d "$gateway/certificates" ] || copy_once "$gateway/certificates" "$HEARTH_HOME/$folder/certificates"
}

# Beside its place, then by one rename.
copy_once() { # FROM TO
  [ ! -e "$2" ] || return 0
  rm -rf "$2.new"
  cp -Rp "$1" "$2.new" && mv "$2.new" "$2" || fail "$1 could not be copied to $2; see above"
}

take_port() {
  [ -n "$compose" ] || return 0
  say "gateway: taking $url over from docker compose ($compose); for about a second nobody answers"
  port_taken=true
  docker stop --time 2 "$compose_gateway" >/dev/null
}

give_port_back() {
  [ "$port_taken" = true ] || return 0
  docker rm --force "$(gateway_id)" >/dev/null
  docker start "$compose_gateway" >/dev/null
}

# As docker compose down does; its volumes stay.
end_compose() {
  [ -n "$compose" ] || return 0
  local -a ids
  mapfile -t ids < <(docker ps --all --quiet --filter "label=com.docker.compose.project=$compose")
  say "docker compose ($compose): stopping what it had started"
  docker stop --time 35 "${ids[@]}" >/dev/null && docker rm "${ids[@]}" >/dev/null && docker network rm "${compose}_default" >/dev/null ||
    say "not all of it has gone, see above; docker compose down does the rest" >&2
}
