#!/usr/bin/env bash
# Writes release.env, from which the machine knows which images to pull. Usage: describe.sh IMAGES TAG
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -eq 2 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }
printf 'IMAGES=%q\nTAG=%q\n' "$1" "$2" >release.env
