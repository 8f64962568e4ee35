# Administrators from pillar: an account, the keys to get in with, and sudo.
{% from 'base/map.jinja' import base with context %}

include:
  - base.family
  - base.packages

{% for name, admin in base.admins | dictsort %}
base-admin-{{ name }}:
  user.present:
    - name: {{ name }}
    - fullname: {{ admin.get('fullname', '') | json }}
    - shell: {{ admin.get('shell', '/bin/bash') }}
    - groups: {{ (['sudo'] + admin.get('groups', [])) | unique | json }}
    - remove_groups: False
{% if admin.get('password') %}
    - password: {{ admin.password | json }}
{% endif %}
    - require:
      - pkg: base-packages

# Root's file, not the user's own: what is not here is no key, and nobody adds one unseen.
base-keys-of-{{ name }}:
  file.managed:
    - name: /etc/ssh/authorized_keys.d/{{ name }}
    - contents: {{ admin.get('ssh_keys', []) | json }}
    - user: root
    - group: root
    - mode: '0644'
    - makedirs: True
    - require:
      - user: base-admin-{{ name }}
    - require_in:
      - test: base-admins-are-ready
{% endfor %}

{% for name in base.former_admins %}
base-former-admin-{{ name }}:
  file.absent:
    - names:
      - /etc/ssh/authorized_keys.d/{{ name }}
{% if salt['file.file_exists']('/etc/shadow') and name in salt['user.list_users']() %}
  user.present:
    - name: {{ name }}
    - password: '*'
    - shell: /usr/sbin/nologin
    - groups: []
    # A group of the name may be the user's own.
    - remove_groups: True
    - require:
      - file: base-former-admin-{{ name }}
{% endif %}
{% endfor %}

# visudo looks at it first: a fault in here would take sudo away from everybody.
base-sudo:
  file.managed:
    - name: /etc/sudoers.d/base-admins
    - contents:
      - '# Managed by the state base: changes made here are lost.'
{% for name, admin in base.admins | dictsort if not admin.get('password') %}
      - {{ name }} ALL=(ALL:ALL) NOPASSWD:ALL
{% endfor %}
    - user: root
    - group: root
    - mode: '0440'
    - check_cmd: /usr/sbin/visudo --check --quiet --file
    - require:
      - pkg: base-packages

# What must hold before the other ways in are closed.
base-admins-are-ready:
  test.succeed_without_changes:
    - comment: Administrators have accounts, keys and sudo.
    - require:
      - file: base-sudo
