# shellcheck shell=bash
formulas+=(ferm)
packages+=(ferm iptables)

check_ferm() {
  fresh web1 web2
  on web2 apt-get -qqy install netcat-openbsd >/dev/null 2>&1
  # Something that listens on a port that is open to all, to some, and to nobody.
  on web1 sh -c 'apt-get -qqy install netcat-openbsd >/dev/null 2>&1
    for port in 5432 8080 2121; do systemd-run --quiet --unit="listen-$port" nc -lk "$port"; done'
  check "before: a port that the firewall will shut is open" on web2 nc -z -w 3 web1 8080
  pillar ferm
  applied web1 ferm
  check "SSH is open" on web2 nc -z -w 3 web1 22
  check "an open port is open (80)" on web2 nc -z -w 3 web1 80
  check "an open port is open (2121)" on web2 nc -z -w 3 web1 2121
  refused "a port that nobody opened is shut (8080)" on web2 nc -z -w 3 web1 8080
  sed "s|10\.0\.0\.0/8|192.0.2.0/24|" "$repository/states/ferm/pillar.example" | pillar_of ferm
  pillar ferm
  check "opened to a network that web2 is not in" call web1 state.apply ferm
  refused "a port open to others is shut (5432)" on web2 nc -z -w 3 web1 5432
  sed "s|192\.0\.2\.10|$(address web2)|" "$repository/states/ferm/pillar.example" | pillar_of ferm
  pillar ferm
  check "web2 is trusted" call web1 state.apply ferm
  check "to whom is trusted everything is open (8080)" on web2 nc -z -w 3 web1 8080
  pillar_of ferm <<'SLS'
ferm:
  ssh: {ports: []}
SLS
  pillar ferm
  refused "no port for SSH: refused" call web1 state.apply ferm
  pillar_of ferm <<'SLS'
ferm:
  open: [{name: wrong, ports: ['no-such-port;)']}]
SLS
  pillar ferm
  refused "rules with a fault are refused" call web1 state.apply ferm
  check "and the old ones are in force" on web2 nc -z -w 3 web1 8080
  rm "$work/pillar/ferm.sls"
  pillar ferm
  call web1 state.apply ferm >/dev/null 2>&1
  "$lab" stop web1 2>/dev/null && "$lab" start web1 2>/dev/null
  check "after a reboot an open port is open (80)" until_true 20 on web2 nc -z -w 3 web1 80
  equal "and the firewall is up" 1 "$(on web1 sh -c 'iptables-legacy -S INPUT; iptables-nft -S INPUT' 2>/dev/null | grep -c '^-P INPUT DROP$')"
}
