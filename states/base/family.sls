# What stands here is Debian's: names of packages, paths, apt. On another system nothing is touched.
base-family:
{% if grains['os_family'] == 'Debian' %}
  test.succeed_without_changes:
    - name: base is for Debian and its kin
{% else %}
  test.fail_without_changes:
    - name: >-
        base is for Debian and its kin, and this is {{ grains['os'] }}: nothing was changed.
    - failhard: True
{% endif %}
    - order: first
