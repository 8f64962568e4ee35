# shellcheck shell=bash
formulas+=(base)
packages+=(sudo procps openssh-client unattended-upgrades locales tzdata systemd-timesyncd fail2ban python3-systemd nftables)

check_base() {
  fresh web1 web2
  key_pair alice
  on web1 useradd --create-home --groups sudo mallory
  base_pillar
  applied web1 base
  with_input web2 sh -c 'umask 077; cat >/root/alice' <"$work/alice"
  check "an administrator gets in and has sudo" admin_has_sudo
  refused "passwords do not get in" password_gets_in
  refused "root does not get in" base_ssh root true
  equal "who has left has no password, shell and sudo" 'mallory : mallory /usr/sbin/nologin' \
    "$(on web1 sh -c 'echo $(id --groups --name mallory | sed "s/^/mallory : /") $(getent passwd mallory | cut -d: -f7)')"
  equal "the kernel has the network settings" 0 "$(on web1 cat /proc/sys/net/ipv4/conf/all/accept_redirects)"
  equal "the zone is set" Europe/Berlin "$(on web1 timedatectl show --value --property=Timezone)"
  check "the locale is there" on web1 sh -c 'locale -a | grep -qxF de_DE.utf8'
  check "upgrades are on" on web1 sh -c "apt-config dump | grep -qF 'APT::Periodic::Unattended-Upgrade \"1\"'"
  check "the journal is kept" on web1 sh -c 'ls -d /var/log/journal/*'
  equal "nothing failed" '' "$(on web1 systemctl --failed --plain --no-legend)"

  # Without an administrator nothing is shut.
  fresh web1
  pillar_of base <<'SLS'
base: {}
SLS
  pillar base
  check "without administrators it is applied" call web1 state.apply base.ssh
  check "and passwords still get in" on web1 sh -c 'sshd -T | grep -qxF "passwordauthentication yes"'
  pillar_of base <<'SLS'
base: {ssh: {groups: [nobody-is-in-it]}, admins: {alice: {ssh_keys: [ssh-ed25519 AAAA]}}}
SLS
  pillar base
  refused "groups without an administrator are refused" call web1 state.apply base.ssh
  refused "and sshd does not know them" on web1 sh -c 'sshd -T | grep -q allowgroups'
}

# The example, with a key that there is a private part of.
base_pillar() {
  sed "s|ssh-ed25519 .* alice@example.org|$(cat "$work/alice.pub")|" "$repository/states/base/pillar.example" | pillar_of base
  pillar base "$@"
}
base_ssh() { on web2 ssh -i /root/alice -o BatchMode=yes -o StrictHostKeyChecking=no -o ConnectTimeout=5 "$1@web1" "${@:2}"; }
admin_has_sudo() { [[ $(base_ssh alice sudo --non-interactive id --user) == 0 ]]; }
password_gets_in() {
  on web2 sh -c 'ssh -o PreferredAuthentications=password,keyboard-interactive -o StrictHostKeyChecking=no -v deploy@web1 true 2>&1 |
    grep -E "Authentications that can continue: .*(password|keyboard)"'
}
