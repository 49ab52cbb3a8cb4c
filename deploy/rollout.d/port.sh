# shellcheck shell=bash
# The port changes hands from what `docker compose up` has started, which only the first rollout on a host does, and where HEARTH_PORT or
# HEARTH_HTTPS_PORT were moved: a container's ports cannot be changed. Who had it goes on until then, and comes back where the new one fails.

moved='' beside=false port_taken=false

published() { # ID PORT: of the container
  docker inspect --format "{{with index .HostConfig.PortBindings \"$2/tcp\"}}{{with index . 0}}{{if .HostIp}}{{.HostIp}}:{{end}}{{.HostPort}}{{end}}{{end}}" "$1"
}

# Our own gateway has other ports than those that are wanted now.
find_moved_port() {
  [ -n "$gateway" ] || return 0
  local http https
  http=$(published "$gateway" 8080)
  https=$(published "$gateway" 8443)
  if [ "$http" = "${HEARTH_PORT:-80}" ] && [ "$https" = "${HEARTH_HTTPS_PORT:-$https}" ]; then return; fi
  moved=$gateway gateway=''
  # one that keeps none of its ports answers beside the new one until the commit
  if [ "$http" != "${HEARTH_PORT:-80}" ] && [ "$https" != "$HEARTH_HTTPS_PORT" ]; then beside=true; fi
}

take_port() {
  local from=${moved:-$compose_gateway}
  if [ -z "$from" ] || [ "$beside" = true ]; then return; fi
  say "gateway: taking $url over from ${compose:+docker compose ($compose)}${moved:+the one before}; for about a second nobody answers"
  port_taken=true
  docker stop --time 2 "$from" >/dev/null
}

give_port_back() {
  [ "$port_taken" = true ] || return 0
  docker rm --force "$created" >/dev/null
  docker start "${moved:-$compose_gateway}" >/dev/null
}
