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
  refused "and in no result" sh -c "printf '%s' \"\$1\" | grep -qF '$word'" sh "$(changed_community)"
}
stranger=''

# snmpwalk ends well when it has read nothing.
walks() { on web2 snmpwalk -t 1 -r 0 "$@" | grep -E ' = (STRING|OID|Timeticks|INTEGER)'; }

changed_community() {
  on web1 sed -i s/reader/raeder/ /etc/snmp/snmpd.conf
  call web1 state.apply snmpd
}
