# The clock: kept right by chrony or ntpsec, and served to networks that may ask.
{% from 'ntp/map.jinja' import ntp with context %}

{% if ntp.implementation not in ['chrony', 'ntpsec'] %}
ntp-settings:
  test.fail_without_changes:
    - name: ntp:implementation is chrony or ntpsec
    - comment: {{ ("Pillar ntp:implementation is '" ~ ntp.implementation ~ "': set it to chrony or to ntpsec.") | json }}
    - failhard: True
{% else %}
{% set program = ntp[ntp.implementation] %}
{% set other = ntp[{'chrony': 'ntpsec', 'ntpsec': 'chrony'}[ntp.implementation]] %}
{% set drop_in = '/etc/systemd/system/' ~ program.service ~ '.service.d/no-clock.conf' %}

ntp-package:
  pkg.installed:
    - name: {{ program.package }}

# After the new one is there: Debian's packages exclude one another, so there this finds nothing to do.
ntp-rivals-removed:
  pkg.removed:
    - pkgs: {{ ([other.package] + ntp.rivals) | json }}
    - require:
      - pkg: ntp-package

# The whole file: the package's own names servers, which a drop-in could not take back.
ntp-configuration:
  file.managed:
    - name: {{ program.configuration }}
    - source: salt://ntp/files/{{ ntp.implementation }}.conf.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0644'
    - require:
      - pkg: ntp-package

ntp-clock:
{% if ntp.adjust_clock %}
  file.absent:
    - name: {{ drop_in }}
{% else %}
  file.managed:
    - name: {{ drop_in }}
    - source: salt://ntp/files/{{ ntp.implementation }}-no-clock.conf.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0644'
    - makedirs: True
{% endif %}
    - require:
      - pkg: ntp-package

# systemd does not notice by itself that a first drop-in has come.
ntp-units:
  cmd.run:
    - name: systemctl daemon-reload
    - onchanges:
      - file: ntp-clock

{% if ntp.implementation == 'chrony' %}
# Runs only when the configuration is wrong, and then says where. The service is left as it is.
ntp-syntax:
  cmd.run:
    - name: {{ program.program }} -p -f {{ program.configuration }}
    - unless: {{ program.program }} -p -f {{ program.configuration }}
    - require:
      - file: ntp-configuration
    - require_in:
      - service: ntp-service
{% endif %}

ntp-service:
  service.running:
    - name: {{ program.service }}
    - enable: True
    - require:
      - pkg: ntp-rivals-removed
      - cmd: ntp-units
    - watch:
      - file: ntp-configuration
      - file: ntp-clock
{% endif %}
