# shellcheck shell=bash
formulas+=(monitoring)
packages+=(nagios4-core nagios-nrpe-plugin nagios-nrpe-server monitoring-plugins-standard bsd-mailx exim4-daemon-light logrotate)

# web1 watches web2, which runs nginx.
check_monitoring() {
  local stranger
  fresh web1 web2
  # Takes mail for root.
  on web1 env DEBIAN_FRONTEND=noninteractive apt-get -qq --yes install exim4-daemon-light logrotate >/dev/null 2>&1

  pillar_of monitoring <<'SLS'
monitoring: {hosts: {web2: {roles: [web], checks: [no-such-check]}}}
SLS
  pillar monitoring
  refused "an agent without a server is refused" call web2 state.apply monitoring
  refused "a role and a check that nobody defines are refused" call web1 state.apply monitoring.server
  refused "and nothing was installed" on web1 test -e /usr/sbin/nagios4

  rm "$work/pillar/monitoring.sls"
  pillar monitoring
  check "the example compiles for an agent" call web1 state.apply monitoring test=True
  check "the example compiles for a server" call web1 state.apply monitoring.server test=True

  watch_pillar nginx
  applied web2 monitoring
  applied web1 monitoring.server
  check "the server is watched too" call web1 state.apply monitoring
  check "at first all is well" until_true 60 monitoring_says '11 watched, 0 wrong, 0 not checked yet'

  on web2 systemctl stop nginx
  check "a stopped service turns red" until_true 60 monitoring_says 'CRITICAL +web2 +unit-nginx .* nginx is inactive'
  check "it is seen from outside too" until_true 60 monitoring_says 'CRITICAL +web2 +http .* refused'
  refused "and the summary's exit code says so" on web1 monitoring-status
  check "an alert is written" until_true 60 alerted 'PROBLEM web2 unit-nginx CRITICAL: nginx is inactive'
  check "and mailed" until_true 60 on web1 grep -qF 'Subject: PROBLEM: web2 unit-nginx is CRITICAL' /var/mail/mail
  equal "once, as long as it stays so" 1 "$(sleep 6; alerts 'web2 unit-nginx')"
  on web2 systemctl start nginx
  check "an alert is written when it is well again" until_true 60 alerted 'RECOVERY web2 unit-nginx OK: nginx is active'
  check "all is well again" until_true 60 monitoring_says '11 watched, 0 wrong, 0 not checked yet'

  on web2 systemd-run --quiet --unit=fails-at-once false
  check "a failed unit is told by its name" until_true 60 monitoring_says 'CRITICAL +web2 +failed-units .* fails-at-once.service'
  on web2 systemctl reset-failed

  stranger=$("$lab" ip web49)
  on web1 ip address replace "$stranger/24" dev host0
  check "the agent answers its server" on web1 /usr/lib/nagios/plugins/check_nrpe -H web2 -c unit-nginx
  refused "and no other address" on web1 /usr/lib/nagios/plugins/check_nrpe -H web2 -b "$stranger" -c unit-nginx
  refused "it takes no arguments" on web1 /usr/lib/nagios/plugins/check_nrpe -H web2 -c unit-nginx -a ssh

  # Another unit for the role: both sides know it after an apply, by a reload of the server.
  watch_pillar nginx dbus
  check "another unit on the agent" call web2 state.apply monitoring
  check "another unit on the server" call web1 state.apply monitoring.server
  check "it is watched" until_true 60 monitoring_says '12 watched, 0 wrong, 0 not checked yet'
  on web2 ip link set host0 down
  check "a host that is gone is told" until_true 90 alerted 'PROBLEM web2 DOWN'
  check "the file of alerts is rotated" on web1 sh -c 'logrotate --force /etc/logrotate.d/monitoring-alerts && ls /var/log/nagios4/alerts.log.1.gz'
}

# watch_pillar UNIT…: what hosts of the role `web` run. The load of this machine is not the hosts' own.
watch_pillar() {
  pillar_of monitoring <<SLS
monitoring:
  servers: [$(address web1)]
  hosts:
    web1: {address: $(address web1)}
    web2: {address: $(address web2), roles: [web], units: [ssh]}
  roles:
    all: {checks: [disk, failed-units, processes]}
    web: {units: [$(printf '%s, ' "$@")], checks: [http]}
  contacts:
    ops: {email: root@localhost}
  interval: 3
  retry_interval: 1
  attempts: 2
SLS
  pillar monitoring
}

# The summary's exit code is 1 when something is wrong.
monitoring_says() { grep -E -- "$1" <<<"$(on web1 monitoring-status)"; }
alerted() { on web1 grep -F -- "$1" /var/log/nagios4/alerts.log; }
alerts() { on web1 grep -cF -- "$1" /var/log/nagios4/alerts.log; }
