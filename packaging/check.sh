#!/usr/bin/env bash
# Proves a built package on a machine that may be thrown away: installs it, uses it with an empty environment and no
# network, asks the desktop about its files, removes it. Needs root and apt (for its own tools and the package's needs).
#
#   packaging/check.sh [DEB] [OUT]      pictures and files are left in OUT (default out/package-check)
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
deb=$(readlink -f "${1:-$(ls "$here"/../dist/factdesk_*.deb)}")
out=${2:-$here/../out/package-check}
rm -rf "$out" && mkdir -p "$out" && out=$(cd "$out" && pwd)
home=$(mktemp -d)
screen=:97
failed=0

ok() { printf 'ok      %s\n' "$*"; }
bad() { printf 'FAILED  %s\n' "$*"; failed=1; }
expect() { # NAME WANTED COMMAND...: the command succeeds and says the wanted words
  local name=$1 wanted=$2 said
  shift 2
  if said=$("$@" 2>&1) && [[ $said == *"$wanted"* ]]; then ok "$name"; else bad "$name: $said"; fi
}
alone() { exec unshare -n env -i HOME="$home" PATH=/usr/bin:/bin LANG=C.UTF-8 "$@"; } # no network, nothing inherited; always in a subshell

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends xvfb openbox xdotool scrot libglib2.0-bin shared-mime-info desktop-file-utils \
  fonts-dejavu-core fonts-noto-color-emoji procps >/dev/null
apt-get install -y -qq --no-install-recommends "$deb" >/dev/null
ok "installed: $(dpkg-query -W -f='${Version}, ${Installed-Size} kB' factdesk)"

project=$out/check.factdesk
samples=$(find /opt/factdesk -name courier.txt -printf '%h\n' | head -1)
expect "version" "factdesk " alone factdesk --version
expect "no display is said in a sentence" "no display" bash -c "$(declare -f alone); home=$home; (alone factdesk) 2>&1 || true"
expect "new" "" alone factdesk new "$project"
expect "import" "" alone factdesk import "$project" "$samples"/{courier,northern-wire,lantern,dorvania-today,ledger}.txt
expect "stats" '"articles": 5' alone factdesk stats "$project" --json
expect "check" "" alone factdesk check "$project"
printf '{"id": "a", "text": "The dam at Tesvin broke on 13 March 2024. About 250 people were cut off, Marta Kessel said."}\n' >"$out/in.jsonl"
expect "pre-annotate" "" alone factdesk preannotate "$out/in.jsonl" "$out/out.jsonl" --links "$out/links.jsonl"
expect "the model finds a name" '"PERSON"' cat "$out/out.jsonl"
expect "export jsonl" "" alone factdesk export "$project" jsonl "$out/check.jsonl"
expect "dossier pdf" "" alone factdesk export "$project" dossier-pdf "$out/check.pdf"
expect "verify" "Untouched" alone factdesk verify "$project" --against "$out/check.pdf"
(alone factdesk analyse "$project") >/dev/null
formats=$(alone factdesk formats | awk '/^  [a-z]/ {print $1}')
expect "formats" "dossier-docx" echo "$formats"
for format in $formats; do # each is loaded again by the library that reads it
  expect "export $format" "" alone factdesk export "$project" "$format" "$out/each.$format"
done

cp "$project" "$out/no-suffix"
expect "file type by name" application/x-factdesk-project gio info -a standard::content-type "$project"
expect "file type by content" application/x-factdesk-project gio info -a standard::content-type "$out/no-suffix"
expect "double click opens Factdesk" org.factdesk.Factdesk.desktop gio mime application/x-factdesk-project
expect "icon" "" test -s /usr/share/icons/hicolor/48x48/apps/org.factdesk.Factdesk.png

Xvfb $screen -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
for _ in $(seq 50); do DISPLAY=$screen xdotool getmouselocation >/dev/null 2>&1 && break || sleep 0.1; done
DISPLAY=$screen openbox >/dev/null 2>&1 &
manager=$!
window() { # NAME SECONDS ARGS...: opens the program, waits for its window, pictures it after a while
  local name=$1 seconds=$2 start found='' app
  shift 2
  start=$(date +%s%N)
  alone DISPLAY=$screen factdesk "$@" >"$out/$name.log" 2>&1 &
  app=$!
  for _ in $(seq 1200); do
    found=$(DISPLAY=$screen xdotool search --onlyvisible --class factdesk 2>/dev/null | head -1) && [[ -n $found ]] && break
    kill -0 $app 2>/dev/null || break
    sleep 0.02
  done
  if [[ -n $found ]]; then ok "$name: window after $((($(date +%s%N) - start) / 1000000)) ms"; else bad "$name: no window: $(cat "$out/$name.log")"; fi
  sleep "$seconds" # the worker loads its model and reads the articles; nothing outside tells when
  DISPLAY=$screen scrot -o "$out/$name.png"
  ok "$name: memory of the window $(awk '/VmRSS/{print int($2/1024)}' "/proc/$app/status") MB"
  kill -TERM $app
  wait $app 2>/dev/null || true
  for _ in $(seq 100); do pgrep -f '[f]actdesk --worker' >/dev/null || break; sleep 0.1; done
  expect "$name: nothing runs on" "" bash -c '! pgrep -f "[f]actdesk --worker"'
  expect "$name: nothing complained" "" bash -c "! grep -iE 'traceback|error|could not' '$out/$name.log'"
}
window empty 5
window project 10 "$project"
window sample 40 demo
kill $manager $server

apt-get purge -y -qq factdesk >/dev/null
expect "removed" "" bash -c '! test -e /opt/factdesk && ! test -e /usr/bin/factdesk && ! test -e /usr/share/applications/org.factdesk.Factdesk.desktop'
expect "its file type is gone" "" bash -c '! grep -q factdesk /usr/share/mime/types'
rm -rf "$home"
exit $failed
