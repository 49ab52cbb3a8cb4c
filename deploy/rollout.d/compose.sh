# shellcheck shell=bash
# Containers that `docker compose up` started on our port. They serve until the new release has passed its checks. Containers that Compose
# starts later are in another network, and never in the pool.

compose='' compose_gateway=''

# Finds the containers on the port, if this is the first rollout on this host.
find_compose() {
  [ -z "$gateway" ] || return 0
  local id ids service
  ids=$(docker ps --quiet --no-trunc --filter "publish=${HEARTH_PORT:-80}") || fail "Docker cannot list the containers on port ${HEARTH_PORT:-80}; see above"
  for id in $ids; do
    service=$(label "$id" com.docker.compose.service)
    [ "$service" = gateway ] ||
      fail "port ${HEARTH_PORT:-80} is in use by the container $(docker inspect --format '{{.Name}}' "$id"); stop it, or set HEARTH_PORT"
    compose=$(label "$id" com.docker.compose.project) compose_gateway=$id
  done
}

mounted() { # ID PATH: the folder of the host that is mounted there
  docker inspect --format "{{range .Mounts}}{{if eq .Destination \"$2\"}}{{.Source}}{{end}}{{end}}" "$1"
}

# A host without models gets those that Compose serves, otherwise those of the release. The same holds for certificates.
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

# Does the same as docker compose down; volumes stay.
end_compose() {
  [ -n "$compose" ] || return 0
  local -a ids
  mapfile -t ids < <(docker ps --all --quiet --filter "label=com.docker.compose.project=$compose")
  say "docker compose ($compose): removing its containers"
  if docker stop --time 35 "${ids[@]}" >/dev/null && docker rm "${ids[@]}" >/dev/null && docker network rm "${compose}_default" >/dev/null; then return; fi
  say "some containers of docker compose could not be removed; see above, then run docker compose down" >&2
}
