# FTP over explicit TLS and nothing else: users of its own, no anonymous ones, none of the system's.
{% from 'vsftpd/map.jinja' import vsftpd with context %}
{% set name = vsftpd.name or grains['fqdn'] %}

include:
  - fail2ban

{% if not vsftpd.users %}
vsftpd-has-users:
  test.fail_without_changes:
    - name: 'Set vsftpd:users in the pillar: nobody could log in. Nothing was changed.'
    - failhard: True
    - order: first
{% endif %}

# Before the package, which starts the server at once: with its own file it would serve accounts of the system in clear.
vsftpd-configuration:
  file.managed:
    - name: {{ vsftpd.configuration }}
    - source: salt://vsftpd/files/vsftpd.conf.jinja
    - template: jinja
    - context:
        vsftpd: {{ vsftpd | json }}
    - user: root
    - group: root
    - mode: '0600'
    - makedirs: True

vsftpd-packages:
  pkg.installed:
    - pkgs: {{ vsftpd.packages | json }}
    - require:
      - file: vsftpd-configuration

vsftpd-account:
  user.present:
    - name: {{ vsftpd.account }}
    - fullname: Files of FTP users
    - system: True
    - usergroup: True
    - home: {{ vsftpd.directory }}
    - createhome: False
    - shell: /usr/sbin/nologin

vsftpd-directory:
  file.directory:
    - name: {{ vsftpd.directory }}
    - user: root
    - group: {{ vsftpd.account }}
    - mode: '0750'
    - require:
      - user: vsftpd-account

{% for user in vsftpd.users %}
vsftpd-directory-of-{{ user }}:
  file.directory:
    - name: {{ vsftpd.directory }}/{{ user }}
    - user: {{ vsftpd.account }}
    - group: {{ vsftpd.account }}
    - mode: '0750'
    - require:
      - file: vsftpd-directory
{% endfor %}

vsftpd-own-directory:
  file.directory:
    - name: /etc/vsftpd
    - user: root
    - group: root
    - mode: '0700'

vsftpd-passwords:
  file.managed:
    - name: /etc/vsftpd/passwords
    - contents:
{% for user, settings in vsftpd.users | dictsort %}
      - {{ (user ~ ':' ~ settings.password) | json }}
{% endfor %}
    - user: root
    - group: root
    - mode: '0600'
    - show_changes: False
    - require:
      - file: vsftpd-own-directory

# Who may not write is told so by a file of settings of his own; who is no longer a user has none.
vsftpd-settings-of-users:
  file.directory:
    - name: /etc/vsftpd/users
    - user: root
    - group: root
    - mode: '0700'
    - clean: True
    - require:
      - file: vsftpd-own-directory
{% for user, settings in vsftpd.users | dictsort if not settings.get('write', True) %}
      - file: vsftpd-settings-of-{{ user }}

vsftpd-settings-of-{{ user }}:
  file.managed:
    - name: /etc/vsftpd/users/{{ user }}
    - contents: write_enable=NO
    - mode: '0600'
    - makedirs: True
    - dir_mode: '0700'
{% endfor %}

# PAM asks this file of passwords and nothing else: accounts of the system are unknown to it.
vsftpd-pam:
  file.managed:
    - name: /etc/pam.d/vsftpd-virtual
    - contents: |
        # Managed by the state vsftpd: changes made here are lost.
        auth    required pam_pwdfile.so pwdfile=/etc/vsftpd/passwords
        account required pam_permit.so
    - mode: '0644'

{% if vsftpd.tls.certificate %}
vsftpd-certificate:
  file.managed:
    - name: /etc/vsftpd/tls.crt
    - contents_pillar: vsftpd:tls:certificate
    - mode: '0644'
    - require:
      - file: vsftpd-own-directory

vsftpd-key:
  file.managed:
    - name: /etc/vsftpd/tls.key
    - contents_pillar: vsftpd:tls:key
    - mode: '0600'
    - show_changes: False
    - require:
      - file: vsftpd-own-directory
{% else %}
vsftpd-certificate:
  cmd.run:
    - name: >-
        umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 3650
        -subj '/CN={{ name }}' -addext 'subjectAltName=DNS:{{ name }}'
        -keyout /etc/vsftpd/tls.key -out /etc/vsftpd/tls.crt
    - creates: /etc/vsftpd/tls.crt
    - require:
      - pkg: vsftpd-packages
      - file: vsftpd-own-directory
{% endif %}

vsftpd-log:
  file.managed:
    - name: /var/log/vsftpd.log
    - replace: False
    - user: root
    - group: adm
    - mode: '0640'

vsftpd-service:
  service.running:
    - name: {{ vsftpd.service }}
    - enable: True
    - require:
      - user: vsftpd-account
      - file: vsftpd-settings-of-users
    - watch:
      - pkg: vsftpd-packages
      - file: vsftpd-configuration
      - file: vsftpd-pam
{% if vsftpd.tls.certificate %}
      - file: vsftpd-certificate
      - file: vsftpd-key
{% else %}
      - cmd: vsftpd-certificate
{% endif %}

vsftpd-jail:
  file.managed:
    - name: /etc/fail2ban/jail.d/50-vsftpd.local
    - contents: |
        # Managed by the state vsftpd: changes made here are lost.
        [vsftpd]
        enabled = true
        backend = auto
        logpath = /var/log/vsftpd.log
        port = {{ vsftpd.port }},{{ vsftpd.passive.first }}:{{ vsftpd.passive.last }}
        maxretry = {{ vsftpd.wrong_logins }}
        findtime = 10m
        bantime = {{ vsftpd.ban_time }}
    - mode: '0644'
    - require:
      - pkg: fail2ban-packages
      # It does not start without the log.
      - file: vsftpd-log
    - watch_in:
      - service: fail2ban-service
