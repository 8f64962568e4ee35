# Settings of the kernel, now and at boot.
{% from 'base/map.jinja' import base with context %}

include:
  - base.family
  - base.packages

{% set settings = dict(base.sysctl.network) %}
# A container cannot set what is of the machine under it; that machine's own base does.
{% if salt['file.access']('/proc/sys/kernel/kptr_restrict', 'w') %}
{% do settings.update(base.sysctl.kernel) %}
{% endif %}
{% for name, value in settings | dictsort %}
base-sysctl-{{ name }}:
  sysctl.present:
    - name: {{ name }}
    - value: {{ value }}
    - config: /etc/sysctl.d/90-base.conf
    - require:
      - pkg: base-packages
{% endfor %}
