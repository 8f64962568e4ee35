# An SNMP agent that may be read, by SNMP v2c, from named sources, and never written.
{% from 'snmpd/map.jinja' import snmpd with context %}

snmpd-settings:
  test.check_pillar:
    - string:
      - snmpd:community
    - failhard: True

snmpd-package:
  pkg.installed:
    - name: {{ snmpd.package }}
    - require:
      - test: snmpd-settings

# The whole file: the package's own lets everybody on the host read with the community `public`.
snmpd-configuration:
  file.managed:
    - name: {{ snmpd.configuration }}
    - source: salt://snmpd/files/snmpd.conf.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0600'
    - show_changes: False
    - require:
      - pkg: snmpd-package

# A restart, no reload: by then the agent is no longer root and could not read the file.
snmpd-service:
  service.running:
    - name: {{ snmpd.service }}
    - enable: True
    - watch:
      - file: snmpd-configuration
