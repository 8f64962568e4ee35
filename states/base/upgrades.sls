# Security fixes are installed by themselves.
{% from 'base/map.jinja' import base with context %}

include:
  - base.family

{% if base.upgrades.enabled %}
base-upgrades-packages:
  pkg.installed:
    - pkgs: {{ base.upgrades.packages | json }}

base-upgrades-configuration:
  file.managed:
    - name: /etc/apt/apt.conf.d/52base-upgrades
    - source: salt://base/files/upgrades.jinja
    - template: jinja
    - context:
        upgrades: {{ base.upgrades | json }}
    - mode: '0644'
    - require:
      - pkg: base-upgrades-packages

base-upgrades-timer:
  service.running:
    - name: apt-daily-upgrade.timer
    - enable: True
    - unmask: True
    - require:
      - file: base-upgrades-configuration
{% endif %}
