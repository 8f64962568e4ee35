# shellcheck shell=bash
# base, ferm and vsftpd together, as `top.sls` says: what a site does.
formulas+=(highstate)

check_highstate() {
  fresh web1 web2
  on web2 apt-get -qqy install curl lftp netcat-openbsd >/dev/null 2>&1
  key_pair alice
  base_pillar ferm vsftpd
  on web1 mkdir -p /etc/brine /srv/brine/site
  with_input web1 sh -c 'cat >/etc/brine/minion.yaml' <<'YAML'
id: web1
file_roots:
  base: [/srv/brine/site, /srv/brine/states]
log_level: debug
YAML
  with_input web1 sh -c 'cat >/srv/brine/site/top.sls' <<'SLS'
base:
  'web1':
    - base
    - ferm
    - vsftpd
SLS
  applied web1 ''
  with_input web2 sh -c 'umask 077; cat >/root/alice' <"$work/alice"
  check "an administrator gets in and has sudo" admin_has_sudo
  refused "a port that nobody opened is shut" on web2 nc -z -w 3 web1 8080
  use_vsftpd
  no_secret_left web1
}

pillar_secret() {
  sed -n "s/^ *password: '\(.*\)'/\1/p" "$repository/states/vsftpd/pillar.example" | tail -n 1
}

# Where secrets of pillar have no business: their own places are /etc/shadow, /etc/vsftpd and the pillar itself.
no_secret_left() {
  local host=$1 place secret
  secret=$(pillar_secret)
  equal "the search for a secret finds it where it belongs" /etc/vsftpd/passwords \
    "$(with_input "$host" sh -c 'grep -raFlf - /etc/vsftpd' <<<"$secret")"
  for place in /var/lib /var/log /run /tmp /var/tmp /var/cache /root; do
    equal "no secret of pillar in $place" '' "$(with_input "$host" sh -c "grep -raFlf - $place 2>/dev/null" <<<"$secret")"
  done
  # shellcheck disable=SC2016 # expanded inside the host
  equal "nor in the journal" 0 \
    "$(with_input "$host" sh -c 'read -r secret; journalctl --output=cat --no-pager | grep -cF -- "$secret"' <<<"$secret")"
}
