# shellcheck shell=bash
# Copies are complete or absent: each goes to a new file, is compared, then renamed. Free space is checked before anything changes.

copy_file() { # FROM TO
  if cp "$1" "$2.new" && cmp -s "$1" "$2.new" && mv -f "$2.new" "$2"; then return; fi
  rm -f "$2.new"
  fail "$1 could not be copied to $2, which is unchanged; see above"
}

copy_files() { # FROM TO: the files of a folder, without its subfolders, such as the one with certificates
  local file
  for file in "$1"/*; do
    if [ -f "$file" ]; then copy_file "$file" "$2/${file##*/}"; fi
  done
}

copy_folder() { # FROM TO: unless TO exists
  [ ! -e "$2" ] || return 0
  rm -rf "$2.new"
  if cp -Rp "$1" "$2.new" && diff -rq "$1" "$2.new" >&2 && mv "$2.new" "$2"; then return; fi
  rm -rf "$2.new"
  fail "$1 could not be copied to $2; see above"
}

# Gives FROM the name TO too: by a hard link, which takes no space, or by a copy where the file system has no hard links.
link_file() { # FROM TO
  rm -f "$2.new"
  if ln "$1" "$2.new" 2>/dev/null; then mv -f "$2.new" "$2"; else copy_file "$1" "$2"; fi
}

# The most that a rollout needs, in MiB: in HEARTH_HOME the page's files, models and configurations; in Docker the layers of three images, or
# their build.
check_space() {
  local engine mib=512
  [ "$source" != build ] || mib=1024
  engine=$(docker info --format '{{.DockerRootDir}}') || fail "Docker does not respond; see above"
  need_space "$HEARTH_HOME" 64
  if [ -d "$engine" ]; then need_space "$engine" "$mib"; fi # the engine can run on another machine
}

need_space() { # FOLDER MIB
  local free
  free=$(df -Pk "$1" | awk 'NR == 2 { print int($4 / 1024) }') || free=''
  [[ $free =~ ^[0-9]+$ ]] || fail "df does not report the free space in $1"
  [ "$free" -ge "$2" ] || fail "$1 has $free MiB free and a rollout needs $2; nothing was changed. Make room: docker system df, du -sh $HEARTH_HOME/*"
}
