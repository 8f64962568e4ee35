# shellcheck shell=bash
# What becomes of pillar secrets when states use them, with all logs at their most talkative: nothing is found of them,
# except where a state put it.
formulas+=(secrets)

check_secrets() {
  local word name secrets
  if [[ ! -x $programs/brine ]]; then
    fail "the master's program is there" "missing: $programs/brine"
    return
  fi
  fresh web1
  on web1 rm -rf /srv/brine
  mkdir -p "$work/secrets/states" "$work/secrets/pillar"
  cat >"$work/secrets/master.yaml" <<YAML
interface: $("$lab" ip master)
heartbeat: 5
log_level: debug
file_roots: {base: [$work/secrets/states]}
pillar_roots: {base: [$work/secrets/pillar]}
YAML
  secret_states
  start_master "$work/secrets" || return
  secret_pillar first
  "$lab" install "$programs/brine-minion" 2>/dev/null || give_up "the minion could not be installed"
  word=$(brine keys invite --uses 1 --ttl 1h 2>/dev/null)
  check "web1 joins" on web1 brine-minion join "tcp://$("$lab" ip master):4511" "$word" --id web1
  with_input web1 sh -c 'cat >>/etc/brine/minion.yaml' <<<'log_level: debug'
  on web1 systemctl --quiet enable --now brine-minion
  check "it answers" until_true 30 brine run web1 test.ping --out quiet

  start_sampling
  check "a highstate with secrets in test mode" brine apply web1 --test --yes
  check "a highstate with secrets" brine apply web1 --yes
  secret_pillar second
  check "with new ones" brine apply web1 --yes
  for name in undefined yaml raise unknown mode failing twice; do
    refused "a state run that fails: $name" brine apply web1 "$name" --yes
  done
  brine run web1 state.show_low_sls slow >/dev/null 2>&1
  brine run web1 pillar.items >/dev/null 2>&1
  # In the middle of it, the worker and its minion die of a fault, and would leave their memory on the disk.
  brine run web1 state.apply slow --async --yes >/dev/null 2>&1
  sleep 2
  # shellcheck disable=SC2016 # expanded inside the host
  check "a job is under way" on web1 sh -c 'test "$(pgrep -c brine-minion)" -ge 2'
  # shellcheck disable=SC2016
  on web1 sh -c 'for pid in $(pgrep brine-minion); do prlimit --pid "$pid" --core=unlimited; kill -SEGV "$pid"; done'
  check "the minion is back" until_true 30 brine run web1 test.ping --out quiet
  on web1 touch /run/brine-check-stop
  wait "$sampler"

  secrets=$(printf '%s\n' {sealed,key}-{first,second}-Pq7xVb2 plain-first-Pq7xVb2 hash.{first,second}.Pq7xVb2)
  equal "the search finds them where they belong" \
    '/etc/secrets/ini /etc/secrets/input /etc/secrets/key /etc/secrets/line /etc/secrets/plain /etc/secrets/sealed /etc/secrets/template /etc/shadow' \
    "$(with_input web1 grep -raFlf - /etc/secrets /etc/shadow <<<"$secrets" | sort | xargs)"
  equal "none of them is elsewhere on the host's disk" '' "$(found_on_host)"
  equal "nor in the journal" 0 "$(with_input web1 sh -c \
    'cat >/run/brine-check-secrets; journalctl --output=export --no-pager | grep -acFf /run/brine-check-secrets' <<<"$secrets")"
  equal "nor in a command line, nor in the environment of a minion" '' \
    "$(with_input web1 grep -aFf - /run/brine-check-sample <<<"$secrets" | head -n 3)"
  equal "nor in the master's store, log and audit" '' \
    "$(grep -raoFf - --exclude-dir=pillar "$work/secrets" <<<"$secrets" | sort | uniq -c)"
  check "there were samples" on web1 grep -aq 'brine-minion' /run/brine-check-sample
  end_master
}

# All of the root file system and of what is in memory, but the kernel's own, the sample, and where states wrote.
found_on_host() {
  with_input web1 sh -c 'grep -raFlf - / --exclude-dir=proc --exclude-dir=sys 2>/dev/null |
    grep -v -e ^/etc/secrets/ -e "^/etc/shadow-\?\$" -e ^/run/brine-check-' <<<"$secrets"
}

start_sampling() {
  # shellcheck disable=SC2016 # expanded inside the host
  ON_TIMEOUT=200 on web1 sh -c '
    rm -f /run/brine-check-stop
    until=$(($(date +%s) + 180))
    while [ ! -e /run/brine-check-stop ] && [ "$(date +%s)" -lt "$until" ]; do
      { cat /proc/[0-9]*/cmdline
        for pid in $(pgrep brine-minion); do cat "/proc/$pid/environ"; done; } 2>/dev/null | tr "\0" "\n" | sort -u
    done >/run/brine-check-sample' &
  sampler=$!
  sleep 0.3
}
sampler=''

# secret_pillar first|second
secret_pillar() {
  local pillar=$work/secrets/pillar
  printf "base: {'*': [secrets]}\n" >"$pillar/top.sls"
  {
    printf 'plain: plain-first-Pq7xVb2\n'
    printf 'sealed: %s\n' "$(brine seal <<<"sealed-$1-Pq7xVb2" 2>/dev/null)"
    printf 'key: %s\n' "$(printf -- '-----BEGIN KEY-----\nAAAA\nkey-%s-Pq7xVb2\n-----END KEY-----\n' "$1" |
      brine seal 2>/dev/null)"
    # shellcheck disable=SC2016 # the form of a password's hash
    printf 'hash: %s\n' "$(printf '$6$saltsalt$%s\n' \
      "$(printf 'hash.%s.Pq7xVb2%086d' "$1" 0 | cut -c1-86)" | brine seal 2>/dev/null)"
  } >"$pillar/secrets.sls"
}

secret_states() {
  local states=$work/secrets/states
  cat >"$states/top.sls" <<'SLS'
base: {'*': [uses]}
SLS
  cat >"$states/uses.sls" <<'SLS'
/etc/secrets:
  file.directory:
    - mode: '0700'
{% for name in ['plain', 'sealed', 'key'] %}
/etc/secrets/{{ name }}:
  file.managed:
    - contents_pillar: {{ name }}
    - mode: '0600'
{% endfor %}
/etc/secrets/template:
  file.managed:
    - source: salt://template.jinja
    - template: jinja
    - mode: '0600'
    - context:
        given: {{ pillar.sealed }}
/etc/secrets/line:
  file.append:
    - text: password={{ pillar.sealed }}
    - require: [{file: /etc/secrets/sealed}]
/etc/secrets/ini:
  ini.options_present:
    - sections: {main: {password: {{ pillar.sealed }}}}
    - require: [{file: /etc/secrets/sealed}]
secretive:
  user.present:
    - password: {{ pillar.hash }}
in the environment:
  cmd.run:
    - name: 'test -n "$TOKEN"; sleep 1'
    - env:
      - TOKEN: {{ pillar.sealed }}
      - PLAIN: {{ pillar.plain }}
on standard input:
  cmd.run:
    - name: cat >/etc/secrets/input
    - stdin: {{ pillar.sealed }}
    # No program gets it as an argument.
    - unless: '[ "$(cat /etc/secrets/input)" = "$WANTED" ]'
    - env:
      - WANTED: {{ pillar.sealed }}
SLS
  cat >"$states/template.jinja" <<'JINJA'
sealed = {{ salt['pillar.get']('sealed') }} {{ given }}
JINJA
  cat >"$states/broken.jinja" <<'JINJA'
sealed = {{ pillar.sealed }}
{{ nothing.here }}
JINJA
  cat >"$states/undefined.sls" <<'SLS'
/etc/secrets/broken:
  file.managed:
    - source: salt://broken.jinja
    - template: jinja
SLS
  printf 'a:\n  cmd.run:\n    - name: x\n    - env: {A: {{ pillar.sealed }}}\n  b: {{ pillar.sealed }}\n c: x\n' >"$states/yaml.sls"
  printf '{{ raise("no: " ~ pillar.sealed) }}\n' >"$states/raise.sls"
  printf 'a:\n  {{ pillar.sealed }}.b: []\n' >"$states/unknown.sls"
  printf '/etc/secrets/mode:\n  file.managed:\n    - contents: x\n    - mode: "{{ pillar.sealed }}"\n' >"$states/mode.sls"
  printf 'exit 3:\n  cmd.run:\n    - env: [{T: "{{ pillar.sealed }}"}]\n    - stdin: "{{ pillar.plain }}"\n' >"$states/failing.sls"
  printf '"{{ pillar.sealed }}": {test.nop: []}\n"{{ pillar.sealed }}": {test.nop: []}\n' >"$states/twice.sls"
  cat >"$states/slow.sls" <<'SLS'
sleep 20:
  cmd.run:
    - env: [{T: "{{ pillar.sealed }}"}]
    - stdin: "{{ pillar.sealed }}"
a script:
  cmd.script:
    - source: salt://template.jinja
    - template: jinja
SLS
}
