#!/bin/sh
# Starts HAProxy, with HTTPS if there is a certificate next to its configuration and the public port is known; with gRPC if it has a port.
folder=/usr/local/etc/haproxy
https_port=${HEARTH_HTTPS_PORT-443} # set but empty: no HTTPS
replicas=${HEARTH_REPLICAS:-2}
export HEARTH_SLOTS=$((replicas > 2 ? 2 * replicas : 4))
[ -z "${HEARTH_GRPC_PORT:-}" ] || export GRPC=on
for certificate in "$folder"/certificates/*.pem; do
  [ -e "$certificate" ] || continue
  if [ -z "$https_port" ]; then
    echo "there is a certificate, but HTTPS is off: set HEARTH_HTTPS_PORT to a port, such as 443, and restart the gateway" >&2
    break
  fi
  export HTTPS=on
  case $https_port in
    443 | *:443) ;;
    *) export HTTPS_SUFFIX=":${https_port##*:}" ;;
  esac
done
exec haproxy -W -db -f "$folder/haproxy.cfg" "$@"
