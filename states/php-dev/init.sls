# A machine to develop PHP on: PHP for the command line and FPM, Xdebug, Composer, clients of databases.
{% from 'php-dev/map.jinja' import php_dev with context %}
{% set version = php_dev.version or php_dev.versions.get(grains['osfinger'], '') %}

{% if not version %}
php-dev-settings:
  test.fail_without_changes:
    - name: the version of PHP is known
    - comment: {{ ("Set pillar php_dev:version: the one of " ~ grains['osfinger'] ~ " is not known here.") | json }}
    - failhard: True
{% else %}

php-dev-packages:
  pkg.installed:
    - pkgs:
      - php{{ version }}-cli
      - php{{ version }}-fpm
      - php{{ version }}-xdebug
{% for extension in php_dev.extensions %}
      - php{{ version }}-{{ extension }}
{% endfor %}
{% for tool in php_dev.tools %}
      - {{ tool }}
{% endfor %}

{% for sapi in ['cli', 'fpm'] %}
# 99: after the files of all extensions.
php-dev-ini-{{ sapi }}:
  file.managed:
    - name: /etc/php/{{ version }}/{{ sapi }}/conf.d/99-development.ini
    - source: salt://php-dev/files/development.ini.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0644'
    - require:
      - pkg: php-dev-packages
{% endfor %}

php-dev-pool:
  file.managed:
    - name: /etc/php/{{ version }}/fpm/pool.d/development.conf
    - source: salt://php-dev/files/pool.conf.jinja
    - template: jinja
    - user: root
    - group: root
    - mode: '0644'
    - require:
      - pkg: php-dev-packages

# Runs only when the configuration is wrong, and then says where. The service is left as it is.
php-dev-syntax:
  cmd.run:
    - name: /usr/sbin/php-fpm{{ version }} -t
    - unless: /usr/sbin/php-fpm{{ version }} -t
    - require:
      - file: php-dev-ini-fpm
      - file: php-dev-pool

php-dev-service:
  service.running:
    - name: php{{ version }}-fpm
    - enable: True
    - require:
      - cmd: php-dev-syntax
    - watch:
      - file: php-dev-ini-fpm
      - file: php-dev-pool
{% endif %}
