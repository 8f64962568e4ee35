# shellcheck shell=bash
formulas+=(openssl)

# Programs on a host that map a deleted libssl or libcrypto: counted inside, without Brine.
openssl_stale() {
  # shellcheck disable=SC2016 # expanded inside the host
  on "$1" sh -c '
    for maps in $(grep -lE "r-xp .*lib(ssl|crypto)\.so.*\(deleted\)" /proc/[0-9]*/maps 2>/dev/null); do
      cat "${maps%maps}comm"
    done | sort -u | tr "\n" " "'
}
openssl_main_pid() { on "$1" systemctl show --value --property=MainPID "$2"; }

check_openssl() {
  local library dbus before sshd
  library=$("$lab" library)
  fresh web1
  # The hosts' keys and certificate are made at the first boot.
  pillar openssl
  dbus=$(openssl_main_pid web1 dbus.service)
  before=$(openssl_main_pid web1 systemd-logind.service)
  sshd=$(openssl_main_pid web1 ssh.service)
  # A session of SSH that is open while all this happens. Its client is of no unit, or it would be restarted.
  # shellcheck disable=SC2016 # expanded inside the host
  on web1 sh -c 'ssh-keygen -q -t ed25519 -N "" -f /root/key && mkdir -p -m 700 /root/.ssh &&
    cp /root/key.pub /root/.ssh/authorized_keys && setsid ssh -i /root/key -o BatchMode=yes \
      -o StrictHostKeyChecking=no root@localhost "echo \$\$ >/run/session-open && exec sleep 500" \
      </dev/null >/dev/null 2>&1 &'
  until_true 60 on web1 test -s /run/session-open || fail "an SSH session opens"
  applied web1 openssl.patched
  check "the SSH session goes on" on web1 sh -c 'kill -0 "$(cat /run/session-open)"'
  if [[ $(call web1 stale.units libraries=libssl,libcrypto) == *'"name": "sshd"'* ]]; then
    pass "and is told as what still runs the old code"
  else
    fail "and is told as what still runs the old code" "$(call web1 stale.units libraries=libssl,libcrypto)"
  fi
  on web1 sh -c 'kill "$(cat /run/session-open)"'
  sleep 1
  equal "the library is the fixed one" yes \
    "$(on web1 dpkg-query --show --showformat='${Version}' "$library" | grep -q '+brine1$' && echo yes)"
  case " $(openssl_stale web1)" in
    ' ' | ' systemd-logind ') pass "nothing but what is never restarted maps the old library" ;;
    *) fail "nothing but what is never restarted maps the old library" "$(openssl_stale web1)" ;;
  esac
  check "nginx runs" on web1 systemctl --quiet is-active nginx
  check "sshd runs" on web1 systemctl --quiet is-active ssh
  if [[ $(openssl_main_pid web1 ssh.service) != "$sshd" ]]; then pass "sshd was restarted"; else fail "sshd was restarted"; fi
  equal "the bus was not restarted" "$dbus" "$(openssl_main_pid web1 dbus.service)"
  equal "logind was not restarted" "$before" "$(openssl_main_pid web1 systemd-logind.service)"
  on web1 sh -c 'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 3 -subj /CN=web1 \
    -keyout /etc/nginx/tls/site.key -out /etc/nginx/tls/site.crt 2>/dev/null'
  refused "a certificate that ends in three days is told" call web1 state.apply openssl.patched
}
