# sshd with the doors shut that nobody needs. Nobody is locked out: without an administrator who has a key, password
# logins and root's stay as they are.
{% from 'base/map.jinja' import base with context %}
{% set ns = namespace(with_key=[], admitted=false) %}
{% for name, admin in base.admins | dictsort if admin.get('ssh_keys') %}
{% set ns.with_key = ns.with_key + [name] %}
{% if 'sudo' in base.ssh.groups or (base.ssh.groups | intersect(admin.get('groups', []))) %}
{% set ns.admitted = true %}
{% endif %}
{% endfor %}

include:
  - base.family
  - base.packages
  - base.admins

{% if base.ssh.groups and not ns.admitted %}
base-ssh-lets-an-administrator-in:
  test.fail_without_changes:
    - name: >-
        base:ssh:groups has no group of an administrator with a key, which would lock you out: sshd was left alone.
    - require_in:
      - file: base-ssh-configuration
{% endif %}

{% if not ns.with_key %}
base-ssh-passwords-stay:
  test.show_notification:
    - text: >-
        No administrator in base:admins has ssh_keys: password logins and root's login were left as they are, because
        you might not get in otherwise.
{% endif %}

base-ssh-configuration:
  file.managed:
    - name: /etc/ssh/sshd_config.d/10-base.conf
    - source: salt://base/files/sshd.conf.jinja
    - template: jinja
    - context:
        ssh: {{ base.ssh | json }}
        has_keys: {{ ns.with_key | length > 0 }}
    - user: root
    - group: root
    - mode: '0644'
    - check_cmd: /usr/sbin/sshd -t -f
    - require:
      - pkg: base-packages
      - test: base-admins-are-ready

base-ssh-service:
  service.running:
    - name: {{ base.ssh.service }}
    - enable: True
    # Sessions go on.
    - reload: True
    - watch:
      - file: base-ssh-configuration
