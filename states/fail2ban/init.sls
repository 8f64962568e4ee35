# Addresses that keep guessing passwords are shut out for a while. Other formulas add jails in /etc/fail2ban/jail.d.
{% from 'fail2ban/map.jinja' import fail2ban with context %}

fail2ban-packages:
  pkg.installed:
    - pkgs: {{ fail2ban.packages | json }}

fail2ban-configuration:
  file.managed:
    - name: /etc/fail2ban/jail.d/10-defaults.local
    - source: salt://fail2ban/files/defaults.local.jinja
    - template: jinja
    - context:
        fail2ban: {{ fail2ban | json }}
    - mode: '0644'
    - makedirs: True
    - require:
      - pkg: fail2ban-packages

fail2ban-service:
  service.running:
    - name: {{ fail2ban.service }}
    - enable: True
    # A reload keeps the bans that there are.
    - reload: True
    - watch:
      - file: fail2ban-configuration
