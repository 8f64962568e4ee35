# The gateway's side of tunnels: an account that can hold them open and nothing else.
{% from 'ssh-tunnel/map.jinja' import ssh_tunnel with context %}

ssh-tunnel-gateway-packages:
  pkg.installed:
    - pkgs: {{ ssh_tunnel.gateway_packages | json }}

{% for name, account in ssh_tunnel.accounts | dictsort %}
ssh-tunnel-account-{{ name }}:
  user.present:
    - name: {{ name }}
    - fullname: SSH tunnels from other hosts
    - system: True
    - usergroup: True
    - home: /nonexistent
    - createhome: False
    - shell: /usr/sbin/nologin

ssh-tunnel-keys-of-{{ name }}:
  file.managed:
    - name: /etc/ssh/authorized_keys.d/{{ name }}
    - contents:
      - '# Managed by the state ssh-tunnel.gateway: changes made here are lost.'
{% for entry in account['keys'] %}
      - {{ ('restrict,port-forwarding,permitlisten="' ~ entry.listen ~ '" ' ~ entry.key) | json }}
{% endfor %}
    - user: root
    - group: root
    - mode: '0644'
    - makedirs: True
    - require:
      - user: ssh-tunnel-account-{{ name }}
    - require_in:
      - file: ssh-tunnel-gateway-configuration
{% endfor %}

# Only what the account is for, whatever the rest of sshd's configuration allows.
ssh-tunnel-gateway-configuration:
  file.managed:
    - name: /etc/ssh/sshd_config.d/50-ssh-tunnel.conf
    - source: salt://ssh-tunnel/files/sshd.conf.jinja
    - template: jinja
    - context:
        accounts: {{ ssh_tunnel.accounts | json }}
    - mode: '0644'
    - check_cmd: /usr/sbin/sshd -t -f
    - require:
      - pkg: ssh-tunnel-gateway-packages

ssh-tunnel-gateway-service:
  service.running:
    - name: {{ ssh_tunnel.ssh_service }}
    - enable: True
    - reload: True
    - watch:
      - file: ssh-tunnel-gateway-configuration
