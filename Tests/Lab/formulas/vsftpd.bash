# shellcheck shell=bash
formulas+=(vsftpd)
packages+=(vsftpd libpam-pwdfile fail2ban python3-systemd nftables lftp)

ftp_alice='alice:correct horse battery'
ftp_bob='bob:read only please'

check_vsftpd() {
  fresh web1 web2
  on web2 apt-get -qqy install curl lftp netcat-openbsd >/dev/null 2>&1
  pillar vsftpd
  applied web1 vsftpd
  use_vsftpd

  # A certificate of the site's own, and one user less.
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 30 -subj /CN=web1 \
    -addext "subjectAltName=IP:$(address web1)" -keyout "$work/ftp.key" -out "$work/ftp.crt" 2>/dev/null
  pillar_of vsftpd <<SLS
vsftpd:
  users:
    alice: {password: '$(sed -n "s/^ *password: '\(.*\)'/\1/p" "$repository/states/vsftpd/pillar.example" | head -n 1)'}
  tls:
    certificate: |
$(sed 's/^/      /' "$work/ftp.crt")
    key: |
$(sed 's/^/      /' "$work/ftp.key")
SLS
  pillar vsftpd
  ftp_changed=$(call web1 state.apply vsftpd 2>&1)
  equal "the key from pillar is shown to nobody" 0 "$(grep -cF "$(sed -n 2p "$work/ftp.key")" <<<"$ftp_changed")"
  equal "and is root's alone" '600 root' "$(on web1 stat --format='%a %U' /etc/vsftpd/tls.key)"
  with_input web2 sh -c 'cat >/tmp/ca.crt' <"$work/ftp.crt"
  check "a client that knows the certificate trusts the server" on web2 curl -sS --max-time 20 --ssl-reqd \
    --cacert /tmp/ca.crt --user "$ftp_alice" "$(ftp_url)"
  refused "who is no longer in the pillar is refused" ftps "$ftp_bob" "$(ftp_url)"
  applied_again web1 vsftpd
}
ftp_changed=''

# What it is for, on web1 from web2; also after a highstate with it.
use_vsftpd() {
  local password try banned
  on web2 sh -c 'echo hello >/tmp/up.txt'
  check "a virtual user uploads over TLS" ftps "$ftp_alice" -T /tmp/up.txt "$(ftp_url)up.txt"
  check "and lists" is_listed up.txt
  equal "and downloads the same" hello "$(ftps "$ftp_alice" "$(ftp_url)up.txt")"
  equal "all files belong to the one account" ftp-data "$(on web1 stat --format=%U /srv/ftp/alice/up.txt)"
  check "another client (lftp) lists over TLS" ftp_lftp
  refused "clear is refused for logins" on web2 curl -sS --max-time 20 --user "$ftp_alice" "$(ftp_url)"
  refused "clear is refused for files" on web2 curl -sSk --max-time 20 --ftp-ssl-control --user "$ftp_alice" "$(ftp_url)"
  refused "TLS 1.1 is refused" on web2 curl -sSk --max-time 20 --ssl-reqd --tls-max 1.1 --user "$ftp_alice" "$(ftp_url)"
  refused "anonymous is refused" on web2 curl -sSk --max-time 20 --ssl-reqd "$(ftp_url)"
  password=$(on web1 cat /root/deploy-password)
  refused "a user of the system is refused" ftps "deploy:$password" "$(ftp_url)"
  check "who may only read lists" ftps "$ftp_bob" "$(ftp_url)"
  refused "and may not upload" ftps "$ftp_bob" -T /tmp/up.txt "$(ftp_url)up.txt"
  refused "nobody leaves his directory" ftps "$ftp_alice" "$(ftp_url)../../../etc/passwd"
  equal "passwords are root's alone" '600 root' "$(on web1 stat --format='%a %U' /etc/vsftpd/passwords)"
  refused "the port for plain FTP is shut" on web2 nc -z -w 2 web1 21
  # One wrong login was made above.
  for try in 2 3 4 5 6 7 8 9; do ftps "alice:wrong-$try" "$(ftp_url)" >/dev/null 2>&1; done
  sleep 2
  check "nine wrong logins do not shut anybody out" ftps "$ftp_alice" "$(ftp_url)"
  ftps "alice:wrong-10" "$(ftp_url)" >/dev/null 2>&1
  check "ten wrong logins are banned" until_true 15 is_banned web1 vsftpd "$(address web2)"
  refused "who is banned does not get in with the right password" ftps "$ftp_alice" "$(ftp_url)"
  check "while SSH still answers" on web2 nc -z -w 3 web1 22
  on web1 fail2ban-client set vsftpd unbanip "$(address web2)" >/dev/null
  check "who was let back in gets in" ftps "$ftp_alice" "$(ftp_url)"
}

ftp_url() { printf 'ftp://%s:2121/\n' "$(address web1)"; }
ftps() { on web2 curl -sSk --max-time 20 --ssl-reqd --user "$@"; }
is_listed() { ftps "$ftp_alice" "$(ftp_url)" | grep -qF "$1"; }
ftp_lftp() {
  on web2 lftp -c "set ssl:verify-certificate no; set ftp:ssl-force yes; set ftp:ssl-protect-data yes; set net:timeout 8
    open -u '${ftp_alice/:/,}' $(ftp_url); ls" | grep -qF up.txt
}
