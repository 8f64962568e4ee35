# shellcheck shell=bash
formulas+=(ssh-forward)
packages+=(openssh-client)

check_ssh_forward() {
  local before
  fresh web1 web2
  on web1 apt-get -qqy install curl >/dev/null 2>&1
  # The console is web2's own web server, which answers the gateway alone.
  on web2 sh -c 'printf "server { listen 127.0.0.1:8006; location / { return 200 console; } }\n" \
    >/etc/nginx/conf.d/console.conf && systemctl reload nginx'
  key_pair console
  forward_pillar "- {key: $(cat "$work/console.pub"), to: ['localhost:8006']}"
  applied web2 ssh-forward.gateway
  applied web1 ssh-forward
  check "the forward carries a connection" until_true 20 forward_answers 8006
  equal "its key is a secret" '600 ssh-forward' "$(on web1 stat --format='%a %U' /etc/ssh-forward/console.key)"
  before=$(main_pid web1 ssh-forward-console)
  on web1 kill -KILL "$before"
  check "killed, it comes back" until_true 30 forward_answers 8006
  on web2 systemctl restart ssh
  check "after a restart of the gateway's sshd it answers" until_true 30 forward_answers 8006
  refused "its key opens no shell" forward_key id
  refused "its key reaches no other port" forward_reaches localhost:80
  refused "its key listens on no port of the gateway" forward_listens

  # A host that makes its key pair itself is told to the gateway afterwards.
  forward_pillar '' 'spare: {gateway: web2, host_key: HOSTKEY, listen: "localhost:8007", to: "localhost:8006"}'
  call web1 state.apply ssh-forward >/dev/null 2>&1
  forward_pillar "- {key: $(on web1 cat /etc/ssh-forward/spare.key.pub), to: ['localhost:8006']}"
  check "the gateway learns the key that the host made" call web2 state.apply ssh-forward.gateway
  check "and the forward comes up by itself" until_true 30 forward_answers 8007
  printf '  removed: [spare]\n' >>"$work/pillar/ssh-forward.sls"
  send_pillar
  check "a forward that is removed" call web1 state.apply ssh-forward
  refused "is down" forward_answers 8007
  check "and the other one is not" until_true 10 forward_answers 8006
}

# forward_pillar KEYS [FORWARD]
forward_pillar() {
  local gateway forward
  gateway=$(host_key web2)
  forward=${2:-}
  forward=${forward/HOSTKEY/$gateway}
  pillar_of ssh-forward <<SLS
ssh_forward:
  forwards:
    $forward
    console:
      gateway: web2
      host_key: $gateway
      listen: localhost:8006
      to: localhost:8006
      private_key: |
$(sed 's/^/        /' "$work/console")
  accounts:
    forward:
      keys:
        - key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBNiRl7FtTzsoxq3cUqjZqVwy7DvuVDVWKbBHUtMDDSr none
          to: ['localhost:1']
        $1
SLS
  pillar ssh-forward
}
forward_answers() { [[ $(on web1 curl -s --max-time 5 "http://localhost:$1/") == console ]]; }
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
