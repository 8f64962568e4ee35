# shellcheck shell=bash
formulas+=(syslog-ng)
packages+=(syslog-ng-core rsyslog netcat-openbsd)

# web1 is the log server, web2 a client; both have certificates of one authority.
check_syslog_ng() {
  local mark=log-line-$RANDOM stranger
  fresh web1 web2
  certificates
  stranger=$("$lab" ip web49)
  on web1 apt-get -qq --yes install rsyslog >/dev/null 2>&1
  on web2 apt-get -qq --yes install netcat-openbsd >/dev/null 2>&1
  on web2 ip address replace "$stranger/24" dev host0

  pillar_of syslog-ng <<'SLS'
syslog_ng: {}
SLS
  pillar syslog-ng
  refused "a client without a server is refused" call web2 state.apply syslog-ng.client
  refused "a server without networks is refused" call web1 state.apply syslog-ng.server
  refused "and nothing was installed" on web1 test -e /usr/sbin/syslog-ng

  log_pillar true
  applied web1 syslog-ng.server
  refused "the former log daemon is gone" on web1 test -e /usr/sbin/rsyslogd
  applied web2 syslog-ng.client
  equal "the key is for root alone" '600 root:root' "$(on web2 stat -c '%a %U:%G' /etc/syslog-ng/tls/key.pem)"
  equal "it is told nowhere else" '' "$(told_in web2 "$(sed -n 2p "$work/tls/web2.key")")"
  on web2 logger "$mark-tls"
  check "a line comes over TLS" until_true 10 has_line "$mark-tls"
  refused "in clear nothing is taken" in_clear_taken "$mark"

  # What is logged while the server is away waits on the disk, also over a restart of the client.
  on web1 systemctl stop syslog-ng
  # The message by which the client notices is lost: syslog has no acknowledgements.
  on web2 logger "$mark-into-the-void"
  sleep 2
  on web2 logger "$mark-waiting"
  sleep 1
  on web2 systemctl restart syslog-ng
  refused "with the server away no line comes" has_line "$mark-waiting"
  on web1 systemctl start syslog-ng
  check "the waiting line comes when the server is back" until_true 30 has_line "$mark-waiting"

  on web2 sh -c "printf '<13>$mark-device\n' | nc -u -w 1 web1 514"
  check "a device's line comes over UDP" until_true 5 has_line "$mark-device"
  on web2 sh -c "printf '<13>$mark-stranger\n' | nc -u -w 1 -s $stranger web1 514"
  sleep 1
  refused "that of a stranger is not kept" on web1 grep -rq "$mark-stranger" /var/log/remote
  equal "the log is not for everybody" '640 root:adm' \
    "$(on web1 sh -c 'stat -c "%a %U:%G" /var/log/remote/*/*.log' | sort -u)"

  check "old files are looked for" on web1 systemd-tmpfiles --clean /etc/tmpfiles.d/syslog-ng-remote.conf
  check "and new ones stay" has_line "$mark-device"

  # A client without a certificate is turned away.
  log_pillar false
  check "web2 goes on without its certificate" call web2 state.apply syslog-ng.client
  on web2 systemctl restart syslog-ng
  on web2 logger "$mark-unknown"
  sleep 3
  refused "a client without a certificate gets nothing in" has_line "$mark-unknown"

  on web2 sh -c 'echo "nonsense;" >/etc/syslog-ng/conf.d/broken.conf'
  log_pillar true
  refused "a configuration with a fault is refused" call web2 state.apply syslog-ng.client
  check "and the daemon goes on" on web2 systemctl --quiet is-active syslog-ng
}

has_line() { on web1 grep -qF -- "$1" "/var/log/remote/$(address web2)/$(on web1 date +%Y-%m-%d).log"; }

in_clear_taken() {
  on web2 sh -c "printf '<13>1 - - - - - - $1-clear\n' | nc -w 1 web1 6514"
  sleep 1
  has_line "$1-clear"
}

# One authority, and a certificate with the host's name for each.
certificates() {
  local host
  mkdir -p "$work/tls"
  {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 2 -subj /CN=authority \
      -keyout "$work/tls/ca.key" -out "$work/tls/ca.pem"
    for host in web1 web2; do
      openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj "/CN=$host" \
        -keyout "$work/tls/$host.key" -out "$work/tls/$host.csr"
      openssl x509 -req -in "$work/tls/$host.csr" -CA "$work/tls/ca.pem" -CAkey "$work/tls/ca.key" -CAcreateserial -days 1 \
        -extfile <(printf 'subjectAltName=DNS:%s\n' "$host") -out "$work/tls/$host.pem"
    done
  } >/dev/null 2>&1
}

# log_pillar true|false: with or without the client's own certificate.
log_pillar() {
  local indent='      '
  {
    cat <<SLS
syslog_ng:
  client: {server: web1}
  server:
    allow: [$(address web2)/32]
    listen: [{transport: tls}, {transport: udp, port: 514}]
    client_certificates: True
  tls:
    ca: |
$(sed "s/^/$indent/" "$work/tls/ca.pem")
{% if grains['id'] == 'web1' %}
    certificate: |
$(sed "s/^/$indent/" "$work/tls/web1.pem")
    key: |
$(sed "s/^/$indent/" "$work/tls/web1.key")
{% elif $1 %}
    certificate: |
$(sed "s/^/$indent/" "$work/tls/web2.pem")
    key: |
$(sed "s/^/$indent/" "$work/tls/web2.key")
{% endif %}
SLS
  } | pillar_of syslog-ng
  pillar syslog-ng
}
