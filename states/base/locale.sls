{% from 'base/map.jinja' import base with context %}

include:
  - base.family

{% if base.locale.generate %}
base-locale-packages:
  pkg.installed:
    - pkgs: {{ base.locale.packages | json }}
{% for name in base.locale.generate %}
base-locale-{{ name }}:
  locale.present:
    - name: {{ name }}
    - require:
      - pkg: base-locale-packages
    - require_in:
      - locale: base-locale
{% endfor %}
{% endif %}

base-locale:
  locale.system:
    - name: {{ base.locale.default }}
