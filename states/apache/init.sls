# Apache, with a name and without telling strangers its version.
{% from 'apache/map.jinja' import apache with context %}

apache-package:
  pkg.installed:
    - name: {{ apache.package }}

apache-configuration:
  file.managed:
    - name: {{ apache.available }}/site-wide.conf
    - source: salt://apache/files/site-wide.conf.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0644'
    - require:
      - pkg: apache-package

{% if apache.enabled %}
apache-configuration-enabled:
  file.symlink:
    - name: {{ apache.enabled }}/site-wide.conf
    - target: ../{{ apache.available.split('/') | last }}/site-wide.conf
    - require:
      - file: apache-configuration
    - require_in:
      - cmd: apache-syntax
    - watch_in:
      - service: apache-service
{% endif %}

# Runs only when the configuration is wrong, and then says why. The service is left as it is.
apache-syntax:
  cmd.run:
    - name: {{ apache.test_command }}
    - unless: {{ apache.test_command }}
    - require:
      - file: apache-configuration

apache-service:
  service.running:
    - name: {{ apache.service }}
    - enable: True
    - reload: True
    - require:
      - cmd: apache-syntax
    - watch:
      - file: apache-configuration
