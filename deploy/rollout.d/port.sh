# shellcheck shell=bash
# The gateway is replaced in two cases: the first rollout takes the port over from `docker compose up`, and one of HEARTH_PORT, HEARTH_HTTPS_PORT
# and HEARTH_GRPC_PORT has changed, since the ports of a container are fixed. The old gateway serves until then, and is started again if the new one fails.

moved='' beside=false port_taken=false

published() { # ID PORT: of the container
  docker inspect --format "{{with index .HostConfig.PortBindings \"$2/tcp\"}}{{with index . 0}}{{if .HostIp}}{{.HostIp}}:{{end}}{{.HostPort}}{{end}}{{end}}" "$1"
}

# Detects that our gateway has other ports than the settings say.
find_moved_port() {
  [ -n "$gateway" ] || return 0
  local http https grpc
  http=$(published "$gateway" 8080)
  https=$(published "$gateway" 8443)
  grpc=$(published "$gateway" 8001)
  if [ "$http" = "${HEARTH_PORT:-80}" ] && [ "$https" = "${HEARTH_HTTPS_PORT:-$https}" ] && [ "$grpc" = "${HEARTH_GRPC_PORT:-$grpc}" ]; then return; fi
  moved=$gateway gateway=''
  # if all ports change, the old gateway serves beside the new one until the commit
  if [ "$http" != "${HEARTH_PORT:-80}" ] && [ "$https" != "$HEARTH_HTTPS_PORT" ] && [ "$grpc" != "${HEARTH_GRPC_PORT:-}" ]; then beside=true; fi
}

take_port() {
  local from=${moved:-$compose_gateway}
  if [ -z "$from" ] || [ "$beside" = true ]; then return; fi
  say "gateway: taking $url over from ${compose:+docker compose ($compose)}${moved:+the old gateway}; requests fail for about one second"
  port_taken=true
  docker stop --time 2 "$from" >/dev/null
}

give_port_back() {
  [ "$port_taken" = true ] || return 0
  docker rm --force "$created" >/dev/null
  docker start "${moved:-$compose_gateway}" >/dev/null
}
