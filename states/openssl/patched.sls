# OpenSSL as its vendor fixed it, and in use: upgrade, restart exactly what still runs the old code, look at
# certificates.
{% from 'openssl/map.jinja' import openssl with context %}
{% set installed = salt['pkg.list_pkgs']() %}
{% set packages = openssl.packages | select('in', installed) | list %}

{% if packages %}
openssl-packages:
  pkg.latest:
    - pkgs: {{ packages | json }}
{% else %}
openssl-packages:
  test.succeed_without_changes:
    - comment: None of {{ openssl.packages | join(', ') }} is installed here.
{% endif %}

{% if 'stale.list' in salt %}
# Brine looks which processes map a replaced file. This also restarts what an earlier upgrade left running on old code.
openssl-old-code:
  stale.restarted:
    - name: openssl
    - libraries: {{ openssl.libraries | json }}
    - skip: {{ openssl.skip | json }}
{% if packages %}
    - watch:
      - pkg: openssl-packages
{% endif %}
{% else %}
# Salt has to be told what uses the library.
{% for service in openssl.services %}
openssl-old-code-{{ service }}:
  service.running:
    - name: {{ service }}
{% if packages %}
    - watch:
      - pkg: openssl-packages
{% endif %}
    - require_in:
      - test: openssl-services-are-back
{% endfor %}
{% endif %}

openssl-services-are-back:
  test.succeed_without_changes:
    - comment: What runs with the library was restarted before certificates are looked at.
{% if 'stale.list' in salt %}
    - require:
      - stale: openssl-old-code
{% endif %}

# Each is looked at by `unless`. Only one that is not good enough is looked at by the command, which then fails.
{% for certificate in openssl.certificates %}
{% set seconds = certificate.get('days', 14) * 86400 %}
openssl-certificate-{{ certificate.file }}:
  cmd.run:
    - name: openssl x509 -noout -subject -enddate -checkend {{ seconds }} -in '{{ certificate.file }}'
    - unless: openssl x509 -noout -checkend {{ seconds }} -in '{{ certificate.file }}'
    - require:
      - test: openssl-services-are-back
{% if certificate.server is defined %}
{% set ask = "openssl s_client -connect '" ~ certificate.server ~ "' -servername '"
  ~ certificate.get('name', grains['fqdn']) ~ "' </dev/null 2>/dev/null | openssl x509 -noout" %}
openssl-served-{{ certificate.server }}:
  cmd.run:
    - name: {{ (ask ~ ' -subject -enddate -checkend ' ~ seconds) | json }}
    - unless: {{ (ask ~ ' -checkend ' ~ seconds) | json }}
    - require:
      - test: openssl-services-are-back
{% endif %}
{% endfor %}
