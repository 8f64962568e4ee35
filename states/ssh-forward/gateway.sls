# The gateway's side of forwards: an account that can reach what it is for and nothing else.
{% from 'ssh-forward/map.jinja' import ssh_forward with context %}

ssh-forward-gateway-packages:
  pkg.installed:
    - pkgs: {{ ssh_forward.gateway_packages | json }}

{% for name, account in ssh_forward.accounts | dictsort %}
ssh-forward-account-{{ name }}:
  user.present:
    - name: {{ name }}
    - fullname: SSH forwards from other hosts
    - system: True
    - usergroup: True
    - home: /nonexistent
    - createhome: False
    - shell: /usr/sbin/nologin

ssh-forward-keys-of-{{ name }}:
  file.managed:
    - name: /etc/ssh/authorized_keys.d/{{ name }}
    - contents:
      - '# Managed by the state ssh-forward.gateway: changes made here are lost.'
{% for entry in account['keys'] %}
      - {{ ('restrict,port-forwarding,permitopen="' ~ (entry.to | join('",permitopen="')) ~ '" ' ~ entry.key) | json }}
{% endfor %}
    - user: root
    - group: root
    - mode: '0644'
    - makedirs: True
    - require:
      - user: ssh-forward-account-{{ name }}
    - require_in:
      - file: ssh-forward-gateway-configuration
{% endfor %}

# Only what the account is for, whatever the rest of sshd's configuration allows.
ssh-forward-gateway-configuration:
  file.managed:
    - name: /etc/ssh/sshd_config.d/50-ssh-forward.conf
    - source: salt://ssh-forward/files/sshd.conf.jinja
    - template: jinja
    - context:
        accounts: {{ ssh_forward.accounts | json }}
    - mode: '0644'
    - check_cmd: /usr/sbin/sshd -t -f
    - require:
      - pkg: ssh-forward-gateway-packages

ssh-forward-gateway-service:
  service.running:
    - name: {{ ssh_forward.ssh_service }}
    - enable: True
    - reload: True
    - watch:
      - file: ssh-forward-gateway-configuration
