# shellcheck shell=bash
# States, files and pillar from the master, applied with `brine apply`: as an operator does it.
formulas+=(through-master)

check_through_master() {
  local word host output
  if [[ ! -x $programs/brine ]]; then
    fail "the master's program is there" "missing: $programs/brine"
    return
  fi
  fresh web1 web2
  # Nothing of the states is on the hosts.
  for host in web1 web2; do on "$host" rm -rf /srv/brine; done
  on web2 apt-get -qqy install curl lftp netcat-openbsd >/dev/null 2>&1
  key_pair alice
  base_pillar ferm vsftpd openssl
  for host in web1 web2; do on "$host" rm -rf /srv/brine; done
  mkdir -p "$work/master" "$work/site"
  cat >"$work/site/top.sls" <<'SLS'
base:
  'web1':
    - base
    - ferm
    - vsftpd
SLS
  cat >"$work/master/master.yaml" <<YAML
interface: $("$lab" ip master)
heartbeat: 5
file_roots:
  base: [$work/site, $repository/states]
pillar_roots:
  base: [$work/pillar]
YAML
  start_master || return
  "$lab" install "$programs/brine-minion" 2>/dev/null || give_up "the minion could not be installed"
  word=$(brine keys invite --uses 2 --ttl 1h 2>/dev/null)
  for host in web1 web2; do
    check "$host joins" on "$host" brine-minion join "tcp://$("$lab" ip master):4511" "$word" --id "$host"
    on "$host" systemctl --quiet enable --now brine-minion
  done
  check "both answer" until_true 30 brine run web1,web2 -L test.ping --out quiet

  check "brine apply 'web*' openssl.patched --test" brine apply 'web*' openssl.patched --test --yes
  equal "changes nothing" '' "$(on web1 sh -c 'dpkg-query --show --showformat="\${Version}" openssl | grep brine')"
  check "brine apply 'web*' openssl.patched" brine apply 'web*' openssl.patched --yes
  for host in web1 web2; do
    case " $(openssl_stale "$host")" in
      ' ' | ' systemd-logind ') pass "nothing but what is never restarted maps the old library on $host" ;;
      *) fail "nothing but what is never restarted maps the old library on $host" "$(openssl_stale "$host")" ;;
    esac
  done
  check "the highstate in test mode" brine apply web1 --test --yes
  check "the highstate" brine apply web1 --yes
  output=$(brine apply web1 --yes --out json 2>&1)
  equal "the highstate again changes nothing" "$(grep -cF '"__run_num__"' <<<"$output")" \
    "$(grep -cF '"changes": {}' <<<"$output")"
  check "the firewall leaves the minion its master" until_true 20 brine run web1 test.ping --out quiet
  with_input web2 sh -c 'umask 077; cat >/root/alice' <"$work/alice"
  check "an administrator gets in and has sudo" admin_has_sudo
  use_vsftpd
  no_secret_left web1
  equal "nor in the master's store and logs" '' \
    "$(grep -raFlf - --exclude-dir=pillar "$work/master" <<<"$(pillar_secret)")"
  check "the audit log is intact" brine audit-log verify
  end_master
}

brine() { timeout 300 "$programs/brine" "$@" --config "$master_config"; }

master_config=''

# start_master [DIRECTORY]: with the configuration that is there.
start_master() {
  master_config=${1:-$work/master}
  setsid "$lab" master-exec -- "$programs/brine" master --config "$master_config" </dev/null >>"$master_config/master.log" 2>&1 &
  master_pid=$!
  if ! until_true 30 brine keys list; then
    fail "the master starts" "$(tail -n 5 "$master_config/master.log")"
    return 1
  fi
}

end_master() {
  [[ -n ${master_pid:-} ]] || return 0
  kill -TERM "$master_pid" 2>/dev/null
  wait "$master_pid" 2>/dev/null
  master_pid=''
}
