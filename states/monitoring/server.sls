# The monitoring server: Nagios asks all hosts of the pillar, writes an alert when something changed, and
# `monitoring-status` says what is wrong, and where.
{% from 'monitoring/map.jinja' import monitoring with context %}

include:
  - monitoring.plugins

{% set unknown = [] %}
{% for id, host in monitoring.hosts | dictsort if host %}
{% for role in host.get('roles') or [] if role not in monitoring.roles %}
{% do unknown.append('role ' ~ role ~ ' of ' ~ id) %}
{% endfor %}
{% for check in host.get('checks') or [] if check not in monitoring.checks %}
{% do unknown.append('check ' ~ check ~ ' of ' ~ id) %}
{% endfor %}
{% endfor %}
{% for role, content in monitoring.roles | dictsort if content %}
{% for check in content.get('checks') or [] if check not in monitoring.checks %}
{% do unknown.append('check ' ~ check ~ ' of role ' ~ role) %}
{% endfor %}
{% endfor %}

{% if not monitoring.hosts or unknown %}
monitoring-server-settings:
  test.fail_without_changes:
    - name: the watched hosts are known
{% if unknown %}
    - comment: {{ ('Pillar monitoring names what it does not define: ' ~ unknown | join(', ') ~ '.') | json }}
{% else %}
    - comment: Set pillar monitoring:hosts to the hosts that are watched.
{% endif %}
    - failhard: True
    - order: first
{% else %}

monitoring-server-packages:
  pkg.installed:
    - pkgs: {{ monitoring.server_packages | json }}
    - install_recommends: False

{% for command in ['monitoring-alert', 'monitoring-status'] %}
{{ command }}:
  file.managed:
    - name: /usr/local/sbin/{{ command }}
    - source: salt://monitoring/files/{{ command }}.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0755'
{% endfor %}

# The whole file: the package's own watches a host `localhost` with a contact of its own.
monitoring-server-configuration:
  file.managed:
    - name: {{ monitoring.server_configuration }}
    - source: salt://monitoring/files/nagios.cfg.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0644'
    - require:
      - pkg: monitoring-server-packages

monitoring-server-objects:
  file.managed:
    - name: {{ monitoring.server_objects }}/monitoring.cfg
    - source: salt://monitoring/files/objects.cfg.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0644'
    - require:
      - pkg: monitoring-server-packages

monitoring-server-rotation:
  file.managed:
    - name: /etc/logrotate.d/monitoring-alerts
    - source: salt://monitoring/files/logrotate.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0644'

# Runs only when the configuration is wrong, and then says where. The service is left as it is.
monitoring-server-syntax:
  cmd.run:
    - name: {{ monitoring.server_program }} -v {{ monitoring.server_configuration }}
    - unless: {{ monitoring.server_program }} -v {{ monitoring.server_configuration }}
    - require:
      - file: monitoring-server-configuration
      - file: monitoring-server-objects

# Apart from `running`: Debian's package starts Nagios without enabling its unit, and a service that is enabled and
# watches at once counts as changed by that alone and is not reloaded.
monitoring-server-boot:
  service.enabled:
    - name: {{ monitoring.server_service }}
    - require:
      - pkg: monitoring-server-packages

monitoring-server-service:
  service.running:
    - name: {{ monitoring.server_service }}
    - reload: True
    - require:
      - cmd: monitoring-server-syntax
      - service: monitoring-server-boot
      - file: monitoring-plugins
      - file: monitoring-alert
    - watch:
      - file: monitoring-server-configuration
      - file: monitoring-server-objects
{% endif %}
