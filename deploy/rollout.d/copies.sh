# shellcheck shell=bash
# Copies are whole or not there: each goes to a new file, is compared, then renamed. Space is looked at before anything is begun.

copy_file() { # FROM TO
  if cp "$1" "$2.new" && cmp -s "$1" "$2.new" && mv -f "$2.new" "$2"; then return; fi
  rm -f "$2.new"
  fail "$1 could not be copied to $2, which is as it was; see above"
}

copy_files() { # FROM TO: the files of a folder; those of its folders, such as the keys of certificates, are left where they are
  local file
  for file in "$1"/*; do
    if [ -f "$file" ]; then copy_file "$file" "$2/${file##*/}"; fi
  done
}

copy_folder() { # FROM TO: unless it is there
  [ ! -e "$2" ] || return 0
  rm -rf "$2.new"
  if cp -Rp "$1" "$2.new" && diff -rq "$1" "$2.new" >&2 && mv "$2.new" "$2"; then return; fi
  rm -rf "$2.new"
  fail "$1 could not be copied to $2; see above"
}

# FROM under the name TO, by a second name of the same file where the file system has such: it takes no space.
link_file() { # FROM TO
  rm -f "$2.new"
  if ln "$1" "$2.new" 2>/dev/null; then mv -f "$2.new" "$2"; else copy_file "$1" "$2"; fi
}

# What a rollout takes at most, in MiB: a page's files, models and configurations; and the layers of three images, or what builds them.
check_space() {
  local engine mib=512
  [ "$source" != build ] || mib=1024
  engine=$(docker info --format '{{.DockerRootDir}}') || fail "no Docker engine answers; see above"
  need_space "$HEARTH_HOME" 64
  if [ -d "$engine" ]; then need_space "$engine" "$mib"; fi # it may be another machine's
}

need_space() { # FOLDER MIB
  local free
  free=$(df -Pk "$1" | awk 'NR == 2 { print int($4 / 1024) }') || free=''
  [[ $free =~ ^[0-9]+$ ]] || fail "df does not say how much is free in $1"
  [ "$free" -ge "$2" ] || fail "$1 has $free MiB free and a rollout needs $2; nothing was changed. Make room: docker system df, du -sh $HEARTH_HOME/*"
}
