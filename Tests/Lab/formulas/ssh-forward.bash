# shellcheck shell=bash
formulas+=(ssh-forward)
packages+=(openssh-client)

check_ssh_forward() {
  local before public
  fresh web1 web2
  # The console is web2's own web server, which answers the gateway alone. web1 makes its key pair itself, so the
  # gateway learns it afterwards, as an administrator would tell it.
  on web2 sh -c 'printf "server { listen 127.0.0.1:8006; location / { return 200 console; } }\n" \
    >/etc/nginx/conf.d/console.conf && systemctl reload nginx'
  forward_pillar ''
  applied web1 ssh-forward
  public=$(on web1 cat /etc/ssh-forward/console.key.pub)
  forward_pillar "$public"
  applied web2 ssh-forward.gateway
  check "the forward carries a connection" until_true 20 forward_answers
  equal "its key is a secret" '600 ssh-forward' "$(on web1 stat --format='%a %U' /etc/ssh-forward/console.key)"
  before=$(main_pid web1 ssh-forward-console)
  on web1 kill -KILL "$before"
  check "killed, it comes back" until_true 30 forward_answers
  on web2 systemctl restart ssh
  check "after a restart of the gateway's sshd it answers" until_true 30 forward_answers
  refused "its key opens no shell" forward_key id
  refused "its key reaches no other port" forward_reaches localhost:80
  refused "its key listens on no port of the gateway" forward_listens
}

forward_pillar() {
  pillar_of ssh-forward <<SLS
ssh_forward:
  forwards:
    console:
      gateway: web2
      host_key: $(host_key web2)
      listen: localhost:8006
      to: localhost:8006
  accounts:
    forward:
      keys:
        - key: ${1:-ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBNiRl7FtTzsoxq3cUqjZqVwy7DvuVDVWKbBHUtMDDSr none}
          to: ['localhost:8006']
SLS
  pillar ssh-forward
}
forward_answers() { [[ $(on web1 curl -s --max-time 5 http://localhost:8006/) == console ]]; }
forward_ssh() {
  on web1 timeout 10 ssh -F none -i /etc/ssh-forward/console.key -o BatchMode=yes -o ExitOnForwardFailure=yes \
    -o UserKnownHostsFile=/etc/ssh-forward/console.known_hosts "$@"
}
forward_key() { forward_ssh forward@web2 "$1" | grep -q uid=; }
forward_reaches() { forward_ssh -W "$1" forward@web2; }
# A port that may be listened on keeps ssh waiting until it is ended from outside, with 124.
forward_listens() {
  forward_ssh -N -R 2299:localhost:22 forward@web2
  [[ $? == 124 ]]
}
