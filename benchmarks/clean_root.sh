#!/usr/bin/env bash
# The README's two commands on a bare Debian system, by a user without rights, from a fresh clone of this repository.
#
# usage: benchmarks/clean_root.sh FOLDER [SUITE]
#
# As root; needs debootstrap and git; about 3 GB in FOLDER, which is kept. SUITE: bookworm (Python 3.11, the default) or trixie (3.13).
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
root=$(realpath -m "${1:?usage: benchmarks/clean_root.sh FOLDER [SUITE]}")
home=/home/new

test -e "$root/etc/debian_version" ||
  debootstrap --variant=minbase --include=python3,python3-venv,make,ca-certificates "${2:-bookworm}" "$root" >/dev/null
for point in proc dev sys; do
  mkdir -p "$root/$point"
  mountpoint -q "$root/$point" || mount --rbind "/$point" "$root/$point"
done
trap 'for point in proc dev sys; do umount -R -l "$root/$point"; done' EXIT

# What leads to the package registry on this machine: names, certificates, pip's settings and what these point at.
for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs /etc/pip.conf /etc/xdg/pip; do
  if [ -e "$file" ]; then
    rm -rf "${root:?}$file"
    mkdir -p "$root$(dirname "$file")"
    cp -rL "$file" "$root$file"
  fi
done
env | grep -E '^(PIP_(CERT|INDEX_URL|DEFAULT_TIMEOUT)|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|(https?|no)_proxy|(HTTPS?|NO)_PROXY)=' >"$root/settings" || true

chroot "$root" id new >/dev/null 2>&1 || chroot "$root" useradd --create-home new
rm -rf "$root$home/zhen"
git clone --quiet "$here" "$root$home/zhen"
chroot "$root" chown -R new: "$home/zhen"
for goal in run test; do
  begin=$(date +%s)
  status=0
  chroot "$root" su new -c "cd $home/zhen && env -i HOME=$home PATH=/usr/bin:/bin \$(cat /settings) make $goal" \
    >"$root/$goal.log" 2>&1 || status=$?
  echo "make $goal: exit status $status, $(($(date +%s) - begin)) s; $(grep -E '[0-9]+ passed|results ' "$root/$goal.log" | tail -n 1)"
done
