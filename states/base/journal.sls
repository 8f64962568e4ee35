# The journal is kept over a reboot, and never fills the disk.
{% from 'base/map.jinja' import base with context %}

include:
  - base.family

base-journal-configuration:
  file.managed:
    - name: /etc/systemd/journald.conf.d/10-base.conf
    - contents: |
        # Managed by the state base: changes made here are lost.
        [Journal]
        Storage=persistent
        SystemMaxUse={{ base.journal.size }}
        MaxRetentionSec={{ base.journal.keep }}
        Compress=yes
    - mode: '0644'
    - makedirs: True

base-journal-service:
  service.running:
    - name: systemd-journald
    - watch:
      - file: base-journal-configuration
