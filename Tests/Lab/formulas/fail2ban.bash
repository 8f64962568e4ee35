# shellcheck shell=bash
formulas+=(fail2ban)
packages+=(fail2ban python3-systemd nftables openssh-client)

check_fail2ban() {
  local try
  fresh web1 web2
  on web2 apt-get -qqy install netcat-openbsd >/dev/null 2>&1
  pillar fail2ban
  applied web1 fail2ban
  check "sshd's jail is there" until_true 10 on web1 fail2ban-client status sshd
  check "sshd answers" on web2 nc -z -w 3 web1 22
  for try in 1 2 3 4 5 6; do
    on web2 ssh -o BatchMode=yes -o StrictHostKeyChecking=no -o ConnectTimeout=5 "nobody-$try@web1" true >/dev/null 2>&1
  done
  check "six logins with unknown names are banned" until_true 15 is_banned web1 sshd "$(address web2)"
  refused "the port is shut to who was banned" on web2 nc -z -w 3 web1 22
  on web1 fail2ban-client set sshd unbanip "$(address web2)" >/dev/null
  check "and open again to who was let back in" on web2 nc -z -w 3 web1 22
}

is_banned() { on "$1" fail2ban-client status "$2" | grep -F 'Banned IP list' | grep -qwF -- "$3"; }
