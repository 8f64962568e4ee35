# shellcheck shell=bash
formulas+=(ssh-tunnel)
packages+=(openssh-client)

host_key() { on "$1" cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub; }
main_pid() { on "$1" systemctl show --value --property=MainPID "$2"; }

# key_pair NAME: an SSH key pair in the work directory.
key_pair() { rm -f "$work/$1" "$work/$1.pub" && ssh-keygen -q -t ed25519 -N '' -C "$1" -f "$work/$1"; }

check_ssh_tunnel() {
  local before
  fresh web1 web2
  key_pair office
  # web1 makes its own key for `spare`, and gets the one of `office` from pillar.
  pillar_of ssh-tunnel <<SLS
ssh_tunnel:
  tunnels:
    office:
      gateway: web2
      host_key: $(host_key web2)
      listen: localhost:2201
      to: localhost:22
      private_key: |
$(sed 's/^/        /' "$work/office")
  accounts:
    tunnel:
      keys:
        - key: $(cat "$work/office.pub")
          listen: localhost:2201
SLS
  pillar ssh-tunnel
  applied web2 ssh-tunnel.gateway
  applied web1 ssh-tunnel
  check "the tunnel comes up" until_true 20 tunnel_answers
  equal "its key is a secret" '600 ssh-tunnel' "$(on web1 stat --format='%a %U' /etc/ssh-tunnel/office.key)"
  before=$(main_pid web1 ssh-tunnel-office)
  on web1 kill -KILL "$before"
  check "killed, it comes back" until_true 30 tunnel_answers
  if [[ $(main_pid web1 ssh-tunnel-office) != "$before" ]]; then pass "as another process"; else fail "as another process"; fi
  # From the other end: the gateway's sshd ends the session.
  on web2 sh -c 'kill $(ps -o pid= -u tunnel)' 2>/dev/null || on web2 sh -c \
    'for p in /proc/[0-9]*; do [ "$(stat -c %U $p)" = tunnel ] && kill "${p#/proc/}"; done; true'
  check "cut off at the gateway, it comes back" until_true 30 tunnel_answers

  with_input web1 sh -c 'umask 077; cat >/root/office' <"$work/office"
  refused "its key opens no shell" tunnel_key 'id'
  refused "its key listens on no other port" tunnel_key '' -N -R 2299:localhost:22
  refused "its key reaches nothing from the gateway" tunnel_reaches

  # base forbids forwarding for everybody; the gateway's account is its exception.
  key_pair alice
  base_pillar ssh-tunnel
  check "base.ssh goes together with a gateway" call web2 state.apply base.ssh
  on web1 systemctl restart ssh-tunnel-office
  check "and the tunnel comes up" until_true 30 tunnel_answers
  printf '  removed: [office]\n' >>"$work/pillar/ssh-tunnel.sls"
  sed -i '/^  tunnels:/,/^  accounts:/{/^  accounts:/!d}' "$work/pillar/ssh-tunnel.sls"
  send_pillar
  check "a tunnel that is removed" call web1 state.apply ssh-tunnel
  refused "is down" until_true 5 tunnel_answers
  equal "and its key is gone" '' "$(on web1 sh -c 'ls /etc/ssh-tunnel')"
}

# What the gateway's port answers is web1's own sshd.
tunnel_answers() {
  [[ $(on web2 sh -c 'timeout 5 ssh-keyscan -t ed25519 -p 2201 localhost 2>/dev/null' | cut -d' ' -f2,3) == "$(host_key web1)" ]]
}
tunnel_key() {
  # shellcheck disable=SC2086 # no command at all where it is empty
  on web1 timeout 10 ssh -F none -i /root/office -o BatchMode=yes -o StrictHostKeyChecking=no -o ExitOnForwardFailure=yes \
    "${@:2}" tunnel@web2 $1 | grep -q uid=
}
tunnel_reaches() {
  on web1 sh -c 'timeout 10 ssh -F none -i /root/office -o BatchMode=yes -o StrictHostKeyChecking=no \
    -W localhost:80 tunnel@web2 </dev/null'
}
