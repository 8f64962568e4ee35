# Takes the log of other hosts: a directory for each sender, a file for each day.
{% from 'syslog-ng/map.jinja' import syslog_ng with context %}
{% set server = syslog_ng.server %}

include:
  - syslog-ng
{% if server.listen | selectattr('transport', 'equalto', 'tls') | list %}
  - syslog-ng.tls
{% endif %}

{% if not server.allow or server.listen | rejectattr('transport', 'in', ['tls', 'tcp', 'udp']) | list %}
syslog-ng-server-settings:
  test.fail_without_changes:
    - name: senders and transports are known
    - comment: >-
        Set pillar syslog_ng:server:allow to the networks whose log is kept, and each transport in
        syslog_ng:server:listen to tls, tcp or udp.
    - failhard: True
    - require_in:
      - pkg: syslog-ng-package
{% else %}

syslog-ng-directory:
  file.directory:
    - name: {{ server.directory }}
    - user: root
    - group: adm
    - mode: '0750'
    - makedirs: True
    - require:
      - pkg: syslog-ng-package

syslog-ng-server:
  file.managed:
    - name: {{ syslog_ng.drop_ins }}/server.conf
    - source: salt://syslog-ng/files/server.conf.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0644'
    - makedirs: True
    - require:
      - file: syslog-ng-directory
    - require_in:
      - cmd: syslog-ng-syntax
    - watch_in:
      - service: syslog-ng-service

# systemd removes what is too old, once a day.
syslog-ng-old-files:
{% if server.keep_days %}
  file.managed:
    - name: /etc/tmpfiles.d/syslog-ng-remote.conf
    - contents:
      - '# Managed by the formula syslog-ng. Changes here are overwritten.'
      - e {{ server.directory }} - - - {{ server.keep_days }}d
    - user: root
    - group: root
    - mode: '0644'
{% else %}
  file.absent:
    - name: /etc/tmpfiles.d/syslog-ng-remote.conf
{% endif %}
    - require:
      - file: syslog-ng-directory
{% endif %}
