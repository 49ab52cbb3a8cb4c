#!/bin/sh
# Starts HAProxy; a certificate beside its configuration switches HTTPS on.
folder=/usr/local/etc/haproxy
for certificate in "$folder"/certificates/*.pem; do
  if [ -e "$certificate" ]; then export HTTPS=on; fi
done
exec haproxy -W -db -f "$folder/haproxy.cfg" "$@"
