# Certificates and key, where pillar has them. Included by the client and the server when they use TLS.
{% from 'syslog-ng/map.jinja' import syslog_ng with context %}

include:
  - syslog-ng

{% for name, file, mode in [
  ('ca', syslog_ng.tls.ca_file, '0644'),
  ('certificate', syslog_ng.tls.certificate_file, '0644'),
  ('key', syslog_ng.tls.key_file, '0600'),
] if syslog_ng.tls[name] %}
syslog-ng-{{ name }}:
  file.managed:
    - name: {{ file }}
    - contents_pillar: syslog_ng:tls:{{ name }}
    - user: root
    - group: root
    - mode: '{{ mode }}'
    - makedirs: True
    - show_changes: False
    - require:
      - pkg: syslog-ng-package
    - require_in:
      - cmd: syslog-ng-syntax
    - watch_in:
      - service: syslog-ng-service
{% endfor %}
