# The zone, and a clock that is right.
{% from 'base/map.jinja' import base with context %}

include:
  - base.family

base-timezone-package:
  pkg.installed:
    - name: tzdata

base-timezone:
  timezone.system:
    - name: {{ base.time.zone }}
    - require:
      - pkg: base-timezone-package

# The clock of a container is that of the machine under it.
{% set is_container = salt['cmd.retcode']('systemd-detect-virt --quiet --container', ignore_retcode=True) == 0 %}
{% if base.time.synchronise and not is_container %}
base-time-packages:
  pkg.installed:
    - pkgs: {{ base.time.packages | json }}

base-time-service:
  service.running:
    - name: {{ base.time.service }}
    - enable: True
    - require:
      - pkg: base-time-packages
{% endif %}
