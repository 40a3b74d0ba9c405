#!/bin/sh
# /usr/local/bin/ofsted-watch: any command of Ofsted Watch as the service would run it, as its user, with its config and its secrets: see docs/operations.md
set -eu
[ "$(id -u)" -eq 0 ] || exec sudo -- "$0" "$@"
secrets=/etc/ofsted-watch/secrets
if [ -f "$secrets" ]; then
  set -a    # NAME='value' lines, which systemd reads in the same way
  . "$secrets"
  set +a
fi
umask 027
export HOME=/var/lib/ofsted-watch OFSTED_WATCH_CONFIG=/etc/ofsted-watch/config.yaml
exec setpriv --reuid=ofsted-watch --regid=ofsted-watch --init-groups --inh-caps=-all --no-new-privs \
  /opt/ofsted-watch/.venv/bin/ofsted-watch "$@"
