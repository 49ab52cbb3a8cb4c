#!/usr/bin/env bash
# AfterInstall: pulls the images while the old release still serves.
set -euo pipefail
cd /srv/hearth-release
# shellcheck source=/dev/null
. ./release.env
aws ecr get-login-password --region "$(cut -d. -f4 <<<"$IMAGES")" |
  docker login --username AWS --password-stdin "${IMAGES%%/*}" 2>/dev/null
for image in hearth-api hearth-web hearth; do docker pull --quiet "$IMAGES/$image:$TAG"; done
