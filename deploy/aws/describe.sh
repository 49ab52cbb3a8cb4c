#!/usr/bin/env bash
# Writes release.env, which tells the machine which images to pull. Usage: describe.sh IMAGES TAG
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -eq 2 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }
file=release.env
if [ -L $file ] || { [ -e $file ] && { [ ! -f $file ] || grep -Evq '^(IMAGES|TAG)=' $file; }; }; then
  echo "$PWD/$file was not written by this script; move it to another place" >&2
  exit 1
fi
beside=$(mktemp "$file.XXXXXX")
trap 'rm -f "$beside"' EXIT
printf 'IMAGES=%q\nTAG=%q\n' "$1" "$2" >"$beside"
chmod 644 "$beside"
mv "$beside" $file
