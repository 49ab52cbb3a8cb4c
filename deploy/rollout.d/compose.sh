# shellcheck shell=bash
# What `docker compose up` started on our port. It goes on answering until the new release has proved itself. What Compose starts later is in
# another network, and never in the pool.

compose='' compose_gateway=''

# Who has the port, where no rollout has been here yet.
find_compose() {
  [ -z "$gateway" ] || return 0
  local id ids service
  ids=$(docker ps --quiet --no-trunc --filter "publish=${HEARTH_PORT:-80}") || fail "the engine does not say who has port ${HEARTH_PORT:-80}; see above"
  for id in $ids; do
    service=$(label "$id" com.docker.compose.service)
    [ "$service" = gateway ] ||
      fail "port ${HEARTH_PORT:-80} is taken by the container $(docker inspect --format '{{.Name}}' "$id"); stop it, or set HEARTH_PORT"
    compose=$(label "$id" com.docker.compose.project) compose_gateway=$id
  done
}

mounted() { # ID PLACE: the folder of the host that is mounted there
  docker inspect --format "{{range .Mounts}}{{if eq .Destination \"$2\"}}{{.Source}}{{end}}{{end}}" "$1"
}

# A host without models of its own takes those that answer here already, and else the release's; with the certificates it is the same.
take_over() {
  local models=$release/models certificates=$release/$folder/certificates id
  if [ -n "$compose" ]; then
    id=$(docker ps --quiet --filter "label=com.docker.compose.project=$compose" --filter label=com.docker.compose.service=api)
    [ -z "$id" ] || models=$(mounted "${id%%$'\n'*}" /hearth/models)
    certificates=$(mounted "$compose_gateway" /usr/local/etc/haproxy)/certificates
  fi
  copy_folder "$models" "$HEARTH_HOME/models"
  if [ -z "$gateway" ] && [ -d "$certificates" ]; then copy_folder "$certificates" "$HEARTH_HOME/$folder/certificates"; fi
}

# As docker compose down does; its volumes stay.
end_compose() {
  [ -n "$compose" ] || return 0
  local -a ids
  mapfile -t ids < <(docker ps --all --quiet --filter "label=com.docker.compose.project=$compose")
  say "docker compose ($compose): stopping what it had started"
  if docker stop --time 35 "${ids[@]}" >/dev/null && docker rm "${ids[@]}" >/dev/null && docker network rm "${compose}_default" >/dev/null; then return; fi
  say "not all of it has gone, see above; docker compose down does the rest" >&2
}
