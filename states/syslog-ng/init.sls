# syslog-ng as the host's own log daemon. syslog-ng.client sends the log on; syslog-ng.server takes that of others.
{% from 'syslog-ng/map.jinja' import syslog_ng with context %}

syslog-ng-package:
  pkg.installed:
    - name: {{ syslog_ng.package }}

# Runs only when the configuration is wrong, and then says where. The service is left as it is.
syslog-ng-syntax:
  cmd.run:
    - name: {{ syslog_ng.program }} --syntax-only
    - unless: {{ syslog_ng.program }} --syntax-only
    - require:
      - pkg: syslog-ng-package

syslog-ng-service:
  service.running:
    - name: {{ syslog_ng.service }}
    - enable: True
    - reload: True
    - require:
      - cmd: syslog-ng-syntax
