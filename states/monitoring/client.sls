# The agent on a watched host: NRPE, which runs the host's checks when a server asks.
{% from 'monitoring/map.jinja' import monitoring with context %}

include:
  - monitoring.plugins

{% if not monitoring.servers %}
monitoring-client-settings:
  test.fail_without_changes:
    - name: the monitoring servers are known
    - comment: Set pillar monitoring:servers to the addresses that may ask this host's agent.
    - failhard: True
    - order: first
{% else %}

monitoring-client-packages:
  pkg.installed:
    - pkgs: {{ monitoring.agent_packages | json }}
    - install_recommends: False

monitoring-client-configuration:
  file.managed:
    - name: {{ monitoring.agent_drop_ins }}/monitoring.cfg
    - source: salt://monitoring/files/nrpe.cfg.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0644'
    - require:
      - pkg: monitoring-client-packages

# A restart takes no time, and nothing of the former file is left: neither commands nor addresses.
monitoring-client-service:
  service.running:
    - name: {{ monitoring.agent_service }}
    - enable: True
    - require:
      - file: monitoring-plugins
    - watch:
      - file: monitoring-client-configuration
{% endif %}
