#!/bin/sh
# Starts HAProxy. A certificate beside its configuration switches HTTPS on, where the port is known at which it can be reached.
folder=/usr/local/etc/haproxy
https_port=${HEARTH_HTTPS_PORT-443} # set, but empty: none
replicas=${HEARTH_REPLICAS:-2}
export HEARTH_SLOTS=$((replicas > 2 ? 2 * replicas : 4))
for certificate in "$folder"/certificates/*.pem; do
  [ -e "$certificate" ] || continue
  if [ -z "$https_port" ]; then
    echo "there is a certificate, but HTTPS stays off: set HEARTH_HTTPS_PORT to the port for it, such as 443, and start the gateway anew" >&2
    break
  fi
  export HTTPS=on
  case $https_port in
    443 | *:443) ;;
    *) export HTTPS_SUFFIX=":${https_port##*:}" ;;
  esac
done
exec haproxy -W -db -f "$folder/haproxy.cfg" "$@"
