# shellcheck shell=bash
formulas+=(snmpd)
packages+=(snmpd snmp)

check_snmpd() {
  local word
  fresh web1 web2
  on web2 apt-get -qq --yes install snmp >/dev/null 2>&1
  # A second address of web2, which is no source.
  stranger=$("$lab" ip web49)
  on web2 ip address replace "$stranger/24" dev host0

  on web1 mkdir -p /etc/brine
  with_input web1 sh -c 'cat >/etc/brine/minion.yaml' <<<'log_level: debug'
  pillar_of snmpd <<'SLS'
snmpd: {}
SLS
  pillar snmpd
  refused "without a community it is refused" call web1 state.apply snmpd
  refused "and nothing was installed" on web1 test -e /usr/sbin/snmpd

  # The example, with web2 as the monitoring server.
  sed "s/10\.0\.0\.5/$(address web2)/" "$repository/states/snmpd/pillar.example" | pillar_of snmpd
  pillar snmpd
  applied web1 snmpd
  word=$(sed -n 's/^  community: \([^ ]*\).*/\1/p' "$repository/states/snmpd/pillar.example")
  check "snmpwalk from a source" walks -v 2c -c "$word" web1 1.3.6.1.2.1.1
  check "it tells where it is" on web2 sh -c "snmpget -v 2c -c $word -O v web1 1.3.6.1.2.1.1.6.0 | grep -F 'Rack 7'"
  refused "snmpwalk from another address" walks -v 2c -c "$word" --clientaddr="$stranger" web1 1.3.6.1.2.1.1
  refused "with another community" walks -v 2c -c public web1 1.3.6.1.2.1.1
  refused "with version 1" walks -v 1 -c "$word" web1 1.3.6.1.2.1.1
  refused "outside of the view" walks -v 2c -c "$word" web1 1.3.6.1.6.3
  refused "writing" on web2 snmpset -v 2c -t 1 -r 0 -c "$word" web1 1.3.6.1.2.1.1.6.0 s elsewhere
  equal "the community is for root alone" '600 root:root' "$(on web1 stat -c '%a %U:%G' /etc/snmp/snmpd.conf)"
  equal "and in no result" 0 "$(changed_community | grep -cF -- "$word")"
  equal "a search finds it where it belongs" /etc/snmp/snmpd.conf "$(told_in web1 "$word" /etc/snmp)"
  equal "and in no log, cache or temporary file" '' "$(told_in web1 "$word")"
}
stranger=''

# snmpwalk ends well when it has read nothing.
walks() { on web2 snmpwalk -t 1 -r 0 "$@" | grep -E ' = (STRING|OID|Timeticks|INTEGER)'; }

# told_in HOST SECRET [PLACE…]: the files that hold it; without a place, of those where no secret has any business.
told_in() {
  local places=("${@:3}")
  ((${#places[@]} > 0)) || places=(/srv/journal /var/log /var/lib /var/cache /var/tmp /run /tmp /root)
  # shellcheck disable=SC2016 # expanded inside the host
  with_input "$1" sh -c 'journalctl --output=cat --no-pager >/srv/journal; grep -raFlf - "$@" 2>/dev/null' sh "${places[@]}" \
    <<<"$2"
}

changed_community() {
  on web1 sed -i s/reader/raeder/ /etc/snmp/snmpd.conf
  call web1 state.apply snmpd
}
