# shellcheck shell=bash
formulas+=(ntp)
packages+=(chrony ntpsec netcat-openbsd)

# web1 is the time server and has only its own clock; web2 asks it, first with chrony and then with ntpsec.
check_ntp() {
  local stranger
  fresh web1 web2
  on web1 apt-get -qq --yes install netcat-openbsd >/dev/null 2>&1
  on web2 apt-get -qq --yes install netcat-openbsd >/dev/null 2>&1
  # A second address of each, which is not allowed to ask.
  stranger=$("$lab" ip web49)
  on web2 ip address replace "$stranger/24" dev host0
  on web1 ip address replace "$("$lab" ip web48)/24" dev host0

  pillar ntp
  applied web1 ntp
  pillar_of ntp <<SLS
ntp:
  pools: []
  local_stratum: 8
  allow: [$(address web2)]
  adjust_clock: False
SLS
  pillar ntp
  check "web1 serves its own time" call web1 state.apply ntp
  check "web2 may ask it" until_true 30 answers web2 "$(address web2)" web1
  equal "another may not" 0 "$(time_answer web2 "$stranger" web1)"

  pillar_of ntp <<'SLS'
ntp: {pools: [], servers: [web1], adjust_clock: False}
SLS
  pillar ntp
  applied web2 ntp
  check "chronyc: web2 follows web1" until_true 30 follows_with_chrony
  equal "nobody may ask web2" 0 "$(time_answer web1 "$(address web1)" web2)"

  pillar_of ntp <<SLS
ntp:
  implementation: ntpsec
  pools: []
  servers: [web1]
  local_stratum: 9
  allow: [$(address web1)]
  adjust_clock: False
SLS
  pillar ntp
  applied web2 ntp
  refused "chrony is gone" on web2 test -e /usr/sbin/chronyd
  check "ntpq: web2 asks web1 and has its answer" until_true 30 follows_with_ntpsec
  check "web1 may ask web2" until_true 30 answers web1 "$(address web1)" web2
  equal "another may not" 0 "$(time_answer web1 "$("$lab" ip web48)" web2)"

  pillar_of ntp <<'SLS'
ntp: {servers: [web2], options: no-such-option, adjust_clock: False}
SLS
  pillar ntp
  refused "a configuration with a fault is refused" call web1 state.apply ntp
  check "and chrony goes on" on web1 chronyc -n tracking
  pillar_of ntp <<'SLS'
ntp: {implementation: openntpd}
SLS
  pillar ntp
  refused "a program that the formula does not know is refused" call web1 state.apply ntp
}

# time_answer HOST FROM SERVER: how many bytes a server answers to a client's question (48, or none).
time_answer() {
  # shellcheck disable=SC2016 # expanded inside the host
  on "$1" sh -c '{ printf "\033"; head -c 47 /dev/zero; } | nc -u -w 1 -s "$1" "$2" 123 | wc -c' sh "$2" "$3"
}
answers() { [[ $(time_answer "$@") == 48 ]]; }
follows_with_chrony() { on web2 chronyc -n sources | grep -F "^* $(address web1) "; }
# Its reach is no longer 0.
follows_with_ntpsec() { on web2 ntpq -pn | awk -v server="$(address web1)" 'index($1, server) && $7 > 0 { found = 1 } END { exit !found }'; }
