#!/usr/bin/env bash
# The first process of a test machine: namespaces for processes, mounts and network, with Docker and ssh but without Node, git and
# Compose. Usage: boot.sh FOLDER, with docker/, root/, srv/ and sshd_config in it.
set -euo pipefail
folder=$1
mount --bind "$folder/root" /root
mount --bind "$folder/srv" /srv
mount -t tmpfs tmpfs /run
mkdir /run/sshd
for program in node npm npx git docker-compose; do
  for file in /usr/local/bin/$program /usr/bin/$program; do
    if [ -e "$file" ]; then mount --bind /dev/null "$file"; fi
  done
done
ip link set lo up
until ip link show eth0 >/dev/null 2>&1; do sleep 0.1; done
/usr/sbin/sshd -f "$folder/sshd_config" -E "$folder/sshd.log"
exec dockerd --data-root "$folder/docker" >"$folder/dockerd.log" 2>&1
