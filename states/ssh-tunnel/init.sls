# A way back to this host: the gateway listens on a port and passes what comes to a port of this host. systemd keeps
# it up.
{% from 'ssh-tunnel/map.jinja' import ssh_tunnel with context %}

ssh-tunnel-packages:
  pkg.installed:
    - pkgs: {{ ssh_tunnel.client_packages | json }}

ssh-tunnel-account:
  user.present:
    - name: {{ ssh_tunnel.account }}
    - fullname: SSH tunnels
    - system: True
    - usergroup: True
    - home: /nonexistent
    - createhome: False
    - shell: /usr/sbin/nologin

ssh-tunnel-directory:
  file.directory:
    - name: /etc/ssh-tunnel
    - user: root
    - group: {{ ssh_tunnel.account }}
    - mode: '0750'
    - require:
      - user: ssh-tunnel-account

{% for name, tunnel in ssh_tunnel.tunnels | dictsort %}
{% set port = tunnel.get('port', 22) %}
{% set host = tunnel.gateway if port == 22 else '[' ~ tunnel.gateway ~ ']:' ~ port %}
{% if tunnel.get('private_key') %}
ssh-tunnel-tunnel-{{ name }}-key:
  file.managed:
    - name: /etc/ssh-tunnel/{{ name }}.key
    - contents_pillar: ssh_tunnel:tunnels:{{ name }}:private_key
    - user: {{ ssh_tunnel.account }}
    - group: root
    - mode: '0600'
    - show_changes: False
    - require:
      - file: ssh-tunnel-directory
{% else %}
# Made here and never leaves this host; the gateway wants /etc/ssh-tunnel/{{ name }}.key.pub.
ssh-tunnel-tunnel-{{ name }}-key-pair:
  cmd.run:
    - name: >-
        ssh-keygen -q -t ed25519 -N '' -C 'ssh-tunnel-{{ name }}@{{ grains['id'] }}'
        -f /etc/ssh-tunnel/{{ name }}.key
    - creates: /etc/ssh-tunnel/{{ name }}.key
    - require:
      - pkg: ssh-tunnel-packages
      - file: ssh-tunnel-directory

ssh-tunnel-tunnel-{{ name }}-key:
  file.managed:
    - name: /etc/ssh-tunnel/{{ name }}.key
    - replace: False
    - user: {{ ssh_tunnel.account }}
    - group: root
    - mode: '0600'
    - require:
      - cmd: ssh-tunnel-tunnel-{{ name }}-key-pair
{% endif %}

# No other gateway than the one of this key is spoken to.
ssh-tunnel-tunnel-{{ name }}-known-host:
  file.managed:
    - name: /etc/ssh-tunnel/{{ name }}.known_hosts
    - contents: {{ (host ~ ' ' ~ tunnel.host_key) | json }}
    - mode: '0644'
    - require:
      - file: ssh-tunnel-directory

ssh-tunnel-tunnel-{{ name }}-unit:
  file.managed:
    - name: /etc/systemd/system/ssh-tunnel-{{ name }}.service
    - source: salt://ssh-tunnel/files/unit.jinja
    - template: jinja
    - context:
        name: {{ name | json }}
        account: {{ ssh_tunnel.account }}
        gateway: {{ tunnel.gateway | json }}
        port: {{ port }}
        user: {{ tunnel.get('user', ssh_tunnel.user) | json }}
        listen: {{ tunnel.listen | json }}
        to: {{ tunnel.to | json }}
    - mode: '0644'

ssh-tunnel-tunnel-{{ name }}-service:
  service.running:
    - name: ssh-tunnel-{{ name }}
    - enable: True
    - require:
      - pkg: ssh-tunnel-packages
    - watch:
      - file: ssh-tunnel-tunnel-{{ name }}-unit
      - file: ssh-tunnel-tunnel-{{ name }}-key
      - file: ssh-tunnel-tunnel-{{ name }}-known-host
{% endfor %}

{% for name in ssh_tunnel.removed %}
ssh-tunnel-tunnel-{{ name }}-removed:
  service.dead:
    - name: ssh-tunnel-{{ name }}
    - enable: False
  file.absent:
    - names:
      - /etc/systemd/system/ssh-tunnel-{{ name }}.service
      - /etc/ssh-tunnel/{{ name }}.key
      - /etc/ssh-tunnel/{{ name }}.key.pub
      - /etc/ssh-tunnel/{{ name }}.known_hosts
    - require:
      - service: ssh-tunnel-tunnel-{{ name }}-removed
{% endfor %}
