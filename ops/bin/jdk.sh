# shellcheck shell=bash
# What it sets is used by those who source it.
# shellcheck disable=SC2034
# Sourced by the launchers: finds JDK 25 and the built applications. Works with bash 3.2 and newer.

jdk_wanted=25
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Version of the Java installation in folder $1, for example 25.0.1; empty when there is none.
jdk_version() {
  [ -x "$1/bin/java" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p'
  fi
}

# True when folder $1 holds the JDK that is wanted.
jdk_fits() {
  case "$(jdk_version "$1")" in
    "$jdk_wanted" | "$jdk_wanted".* | "$jdk_wanted"[-+]*) return 0 ;;
    *) return 1 ;;
  esac
}

# Folder of the java in PATH; empty when there is none.
jdk_in_path() {
  local java
  java=$(command -v java) || return 0
  java=$(readlink -f "$java") || return 0
  dirname "$(dirname "$java")"
}

# Prints the folder of a JDK 25: JAVA_HOME, then PATH, then the usual places.
# SCRIPTORIUM_JDK_PLACES replaces the usual places, as a colon-separated list of folders.
jdk_find() {
  local place places
  if [ -n "${JAVA_HOME:-}" ] && jdk_fits "$JAVA_HOME"; then
    printf '%s\n' "$JAVA_HOME"
    return 0
  fi
  place=$(jdk_in_path)
  if [ -n "$place" ] && jdk_fits "$place"; then
    printf '%s\n' "$place"
    return 0
  fi
  if [ -n "${SCRIPTORIUM_JDK_PLACES+set}" ]; then
    IFS=: read -r -a places <<<"$SCRIPTORIUM_JDK_PLACES"
  else
    places=(
      /usr/lib/jvm/*"$jdk_wanted"* /usr/lib64/jvm/*"$jdk_wanted"* /opt/*"$jdk_wanted"* /opt/java/*
      "${HOME:-/}"/.sdkman/candidates/java/"$jdk_wanted"* "${HOME:-/}"/.jdks/*"$jdk_wanted"*
      /Library/Java/JavaVirtualMachines/*"$jdk_wanted"*/Contents/Home
      "${HOME:-/}"/Library/Java/JavaVirtualMachines/*"$jdk_wanted"*/Contents/Home
      /opt/homebrew/opt/openjdk@"$jdk_wanted"/libexec/openjdk.jdk/Contents/Home
    )
  fi
  # The + keeps old bash from failing on an empty list.
  for place in ${places[@]+"${places[@]}"}; do
    if jdk_fits "$place"; then
      printf '%s\n' "$place"
      return 0
    fi
  done
  return 1
}

# Sets java_home, or says what to install and ends with 127. $1 is who needs it.
require_jdk() {
  java_home=$(jdk_find) && return 0
  {
    echo "$1: JDK $jdk_wanted is needed and was not found."
    echo "  JAVA_HOME:      ${JAVA_HOME:-not set}$(jdk_note "${JAVA_HOME:-}")"
    echo "  java in PATH:   $(jdk_in_path)$(jdk_note "$(jdk_in_path)")"
    echo "  usual places:   /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks, /Library/Java: none of version $jdk_wanted"
    echo "Install one of these, or set JAVA_HOME to the folder of a JDK $jdk_wanted:"
    echo "  Debian, Ubuntu: apt install openjdk-$jdk_wanted-jdk-headless   (or temurin-$jdk_wanted-jdk from adoptium.net)"
    echo "  Fedora:         dnf install java-$jdk_wanted-openjdk-devel"
    echo "  macOS:          brew install openjdk@$jdk_wanted"
    echo "  anywhere:       sdk install java $jdk_wanted-tem               (sdkman.io)"
  } >&2
  exit 127
}

jdk_note() {
  local version
  [ -n "$1" ] || return 0
  version=$(jdk_version "$1")
  echo " (version ${version:-unknown})"
}

# Sets library to the class path folder of module $1, or says how to build it and ends with 127.
require_built() {
  library=$root/$1/target/app/lib
  if ! ls "$library"/scriptorium-*.jar >/dev/null 2>&1; then
    echo "$2: not built yet; run: (cd '$root' && mvn -Pquick -DskipTests package)" >&2
    exit 127
  fi
}

# File names of books are UTF-8; Java reads them as the locale says.
use_utf8() {
  case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
    *) export LC_ALL=C.UTF-8 ;;
  esac
}

jvm_flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
