# The plugins that this formula brings along.
{% from 'monitoring/map.jinja' import monitoring with context %}

monitoring-plugins:
  file.recurse:
    - name: {{ monitoring.own_directory }}
    - source: salt://monitoring/files/plugins
    - user: root
    - group: root
    - dir_mode: '0755'
    - file_mode: '0755'
