{% from 'base/map.jinja' import base with context %}

include:
  - base.family

base-packages:
  pkg.installed:
    - pkgs: {{ base.packages | json }}

base-unwanted-packages:
  pkg.purged:
    - pkgs: {{ base.unwanted | json }}
