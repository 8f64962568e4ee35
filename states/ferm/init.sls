# A simple host firewall: what is not opened is closed, for IPv4 and IPv6. What the host itself begins is free.
{% from 'ferm/map.jinja' import ferm with context %}

{% if not ferm.ssh.ports %}
ferm-ssh-stays-open:
  test.fail_without_changes:
    - name: 'ferm:ssh:ports is empty, which would lock you out: nothing was changed.'
    - failhard: True
{% endif %}

# Before the package, which would otherwise start with rules of its own: they close everything but port 22. The first
# time there is no ferm yet to check the rules with; it then checks them itself and starts with none that are wrong.
ferm-configuration:
  file.managed:
    - name: /etc/ferm/ferm.conf
    - source: salt://ferm/files/ferm.conf.jinja
    - template: jinja
    - context:
        ferm: {{ ferm | json }}
    # As the package has it.
    - user: root
    - group: adm
    - mode: '0644'
    - makedirs: True
    - check_cmd: sh -c 'test ! -x /usr/sbin/ferm || /usr/sbin/ferm --noexec "$0"'

# Rules of the site's own.
ferm-directory:
  file.directory:
    - name: /etc/ferm/ferm.d
    - mode: '0755'
    - makedirs: True

ferm-package:
  pkg.installed:
    - name: {{ ferm.package }}
    - require:
      - file: ferm-configuration
      - file: ferm-directory

ferm-at-boot:
  file.managed:
    - name: /etc/default/ferm
    - contents: |
        # Managed by the state ferm: changes made here are lost.
        FAST=yes
        CACHE=no
        OPTIONS=
        ENABLED="yes"
    - require:
      - pkg: ferm-package

ferm-service:
  service.running:
    - name: {{ ferm.service }}
    - enable: True
    # All rules are replaced at once; connections go on.
    - reload: True
    - watch:
      - file: ferm-configuration
      - file: ferm-at-boot
