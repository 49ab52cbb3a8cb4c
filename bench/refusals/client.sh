#!/bin/sh
# curl: alternately with Expect: 100-continue, without it, and in chunks. Usage: client.sh URL BODIES LIMIT
i=0
while [ "$i" -lt "$2" ]; do
  case $((i % 3)) in
    0) header='x-a: b' ;;
    1) header='expect:' ;;
    2) header='transfer-encoding: chunked' ;;
  esac
  head -c "$(($3 * (110 * $2 + 290 * i) / $2 / 100))" /dev/zero |
    curl -sS --noproxy '*' --data-binary @- -H 'content-type: application/json' -H "$header" -w '\n%{http_code} ' "$1" 2>&1 |
    tr '\n' ' ' && echo
  i=$((i + 1))
done
