# A way to a port that only a gateway can reach (a console, a management network): this host listens and passes what
# comes through the gateway. systemd keeps it up.
{% from 'ssh-forward/map.jinja' import ssh_forward with context %}

ssh-forward-packages:
  pkg.installed:
    - pkgs: {{ ssh_forward.client_packages | json }}

ssh-forward-account:
  user.present:
    - name: {{ ssh_forward.account }}
    - fullname: SSH forwards
    - system: True
    - usergroup: True
    - home: /nonexistent
    - createhome: False
    - shell: /usr/sbin/nologin

ssh-forward-directory:
  file.directory:
    - name: /etc/ssh-forward
    - user: root
    - group: {{ ssh_forward.account }}
    - mode: '0750'
    - require:
      - user: ssh-forward-account

{% for name, forward in ssh_forward.forwards | dictsort %}
{% set port = forward.get('port', 22) %}
{% set host = forward.gateway if port == 22 else '[' ~ forward.gateway ~ ']:' ~ port %}
{% if forward.get('private_key') %}
ssh-forward-forward-{{ name }}-key:
  file.managed:
    - name: /etc/ssh-forward/{{ name }}.key
    - contents_pillar: ssh_forward:forwards:{{ name }}:private_key
    - user: {{ ssh_forward.account }}
    - group: root
    - mode: '0600'
    - show_changes: False
    - require:
      - file: ssh-forward-directory
{% else %}
# Made here and never leaves this host; the gateway wants /etc/ssh-forward/{{ name }}.key.pub.
ssh-forward-forward-{{ name }}-key-pair:
  cmd.run:
    - name: >-
        ssh-keygen -q -t ed25519 -N '' -C 'ssh-forward-{{ name }}@{{ grains['id'] }}'
        -f /etc/ssh-forward/{{ name }}.key
    - creates: /etc/ssh-forward/{{ name }}.key
    - require:
      - pkg: ssh-forward-packages
      - file: ssh-forward-directory

ssh-forward-forward-{{ name }}-key:
  file.managed:
    - name: /etc/ssh-forward/{{ name }}.key
    - replace: False
    - user: {{ ssh_forward.account }}
    - group: root
    - mode: '0600'
    - require:
      - cmd: ssh-forward-forward-{{ name }}-key-pair
{% endif %}

# No other gateway than the one of this key is spoken to.
ssh-forward-forward-{{ name }}-known-host:
  file.managed:
    - name: /etc/ssh-forward/{{ name }}.known_hosts
    - contents: {{ (host ~ ' ' ~ forward.host_key) | json }}
    - mode: '0644'
    - require:
      - file: ssh-forward-directory

ssh-forward-forward-{{ name }}-unit:
  file.managed:
    - name: /etc/systemd/system/ssh-forward-{{ name }}.service
    - source: salt://ssh-forward/files/unit.jinja
    - template: jinja
    - context:
        name: {{ name | json }}
        account: {{ ssh_forward.account }}
        gateway: {{ forward.gateway | json }}
        port: {{ port }}
        user: {{ forward.get('user', ssh_forward.user) | json }}
        listen: {{ forward.listen | json }}
        to: {{ forward.to | json }}
    - mode: '0644'

ssh-forward-forward-{{ name }}-service:
  service.running:
    - name: ssh-forward-{{ name }}
    - enable: True
    - require:
      - pkg: ssh-forward-packages
    - watch:
      - file: ssh-forward-forward-{{ name }}-unit
      - file: ssh-forward-forward-{{ name }}-key
      - file: ssh-forward-forward-{{ name }}-known-host
{% endfor %}

{% for name in ssh_forward.removed %}
ssh-forward-forward-{{ name }}-removed:
  service.dead:
    - name: ssh-forward-{{ name }}
    - enable: False
  file.absent:
    - names:
      - /etc/systemd/system/ssh-forward-{{ name }}.service
      - /etc/ssh-forward/{{ name }}.key
      - /etc/ssh-forward/{{ name }}.key.pub
      - /etc/ssh-forward/{{ name }}.known_hosts
    - require:
      - service: ssh-forward-forward-{{ name }}-removed
{% endfor %}
