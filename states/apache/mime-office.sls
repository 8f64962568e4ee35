# Documents of Office 2007 and later are served with their own media types, so that browsers open them in the right
# program and do not take them for zip archives.
{% from 'apache/map.jinja' import apache with context %}

include:
  - apache

apache-mime-office:
  file.managed:
    - name: {{ apache.available }}/mime-office.conf
    - source: salt://apache/files/mime-office.conf.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0644'
    - require:
      - pkg: apache-package
    - require_in:
      - cmd: apache-syntax
    - watch_in:
      - service: apache-service

{% if apache.enabled %}
apache-mime-office-enabled:
  file.symlink:
    - name: {{ apache.enabled }}/mime-office.conf
    - target: ../{{ apache.available.split('/') | last }}/mime-office.conf
    - require:
      - file: apache-mime-office
    - require_in:
      - cmd: apache-syntax
    - watch_in:
      - service: apache-service
{% endif %}
