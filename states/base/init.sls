# A Debian server for hosting as it should be before anything else is installed. Each part can be applied on its own
# (`base.ssh`).
include:
  - base.family
  - base.packages
  - base.admins
  - base.ssh
  - base.sysctl
  - base.upgrades
  - base.time
  - base.locale
  - base.journal
  - fail2ban
