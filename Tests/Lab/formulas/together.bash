# shellcheck shell=bash
formulas+=(together)

# What a small site has on its one server: formulas that know nothing of one another must not undo each other's work.
check_together() {
  fresh web1 web2
  on web1 systemctl --quiet disable --now nginx 2>/dev/null
  key_pair alice
  certificates
  log_pillar true
  pillar_of monitoring <<SLS
monitoring:
  servers: [$(address web1)]
  hosts:
    web1: {address: $(address web1), units: [apache2, chrony, php8.2-fpm, snmpd, ssh, syslog-ng]}
  roles:
    all: {checks: [failed-units, http, ssh]}
  interval: 3
  retry_interval: 1
SLS
  base_pillar apache monitoring ntp php-dev snmpd syslog-ng
  on web1 mkdir -p /etc/brine /srv/brine/site
  with_input web1 sh -c 'cat >/etc/brine/minion.yaml' <<'YAML'
id: web1
file_roots:
  base: [/srv/brine/site, /srv/brine/states]
YAML
  with_input web1 sh -c 'cat >/srv/brine/site/top.sls' <<'SLS'
base:
  'web1':
    - apache.mime-office
    - base
    - monitoring.client
    - monitoring.server
    - ntp
    - php-dev
    - snmpd
    - syslog-ng.client
    - syslog-ng.server
SLS
  applied web1 ''
  check "all that was set up is well" until_true 60 monitoring_says '10 watched, 0 wrong, 0 not checked yet'
  equal "nothing failed" '' "$(on web1 systemctl --failed --plain --no-legend)"
}
