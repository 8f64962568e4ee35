# Sends this host's log to the log server, and keeps it on the disk while the server is away.
{% from 'syslog-ng/map.jinja' import syslog_ng with context %}
{% set client = syslog_ng.client %}

include:
  - syslog-ng
{% if client.transport == 'tls' %}
  - syslog-ng.tls
{% endif %}

{% if not client.server or client.transport not in ['tls', 'tcp', 'udp'] %}
syslog-ng-client-settings:
  test.fail_without_changes:
    - name: the log server is known
    - comment: Set pillar syslog_ng:client:server to the log server's name, and transport to tls, tcp or udp.
    - failhard: True
    - require_in:
      - pkg: syslog-ng-package
{% else %}

syslog-ng-buffer:
  file.directory:
    - name: {{ client.disk_buffer_directory }}
    - user: root
    - group: root
    - mode: '0700'
    - makedirs: True
    - require:
      - pkg: syslog-ng-package

syslog-ng-client:
  file.managed:
    - name: {{ syslog_ng.drop_ins }}/client.conf
    - source: salt://syslog-ng/files/client.conf.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0644'
    - makedirs: True
    - require:
      - file: syslog-ng-buffer
    - require_in:
      - cmd: syslog-ng-syntax
    - watch_in:
      - service: syslog-ng-service
{% endif %}
