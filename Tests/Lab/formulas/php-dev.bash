# shellcheck shell=bash
formulas+=(php-dev)
packages+=(php8.2-cli php8.2-fpm php8.2-xdebug php8.2-curl php8.2-gd php8.2-intl php8.2-mbstring php8.2-mysql php8.2-sqlite3
  php8.2-xml php8.2-zip composer git unzip sqlite3 default-mysql-client libfcgi-bin netcat-openbsd)

check_php_dev() {
  fresh web1
  on web1 apt-get -qq --yes install libfcgi-bin netcat-openbsd >/dev/null 2>&1
  pillar php-dev
  applied web1 php-dev
  with_input web1 tee /srv/script.php >/dev/null <<'PHP'
<?php
$answer = (new PDO('sqlite::memory:'))->query('select 6 * 7')->fetchColumn();
echo implode(' ', [PHP_SAPI, extension_loaded('xdebug') ? 'xdebug' : '-', ini_get('memory_limit'), posix_geteuid(), $answer]), "\n";
PHP
  equal "a script runs with Xdebug, SQLite and the settings" 'cli xdebug 1G 0 42' "$(on web1 php /srv/script.php)"
  equal "FPM runs it as the pool's user" "fpm-fcgi xdebug 1G $(on web1 id -u www-data) 42" "$(through_fpm | tail -n 1)"
  check "the debugger connects when asked to" debugger_connects
  check "errors are shown" shows_errors
  check "coverage can be measured" on web1 php -r 'xdebug_start_code_coverage(); exit(xdebug_get_code_coverage() ? 0 : 1);'
  check "Composer makes a project" on web1 sh -c \
    'mkdir /srv/project && cd /srv/project && COMPOSER_ALLOW_SUPERUSER=1 composer --no-interaction init --name=lab/project && composer --no-plugins validate --no-check-publish'
  check "the clients of databases are there" on web1 sh -c 'sqlite3 :memory: "select 1" && mysql --version'

  sed 's/^    user: www-data.*/    user: nobody-of-that-name/' "$repository/states/php-dev/pillar.example" | pillar_of php-dev
  pillar php-dev
  refused "a pool with a fault is refused" call web1 state.apply php-dev
  check "and FPM goes on" through_fpm
}

through_fpm() {
  on web1 env SCRIPT_FILENAME=/srv/script.php REQUEST_METHOD=GET cgi-fcgi -bind -connect /run/php/development.sock |
    tr -d '\r' | grep -v '^Content-type'
}

# Nothing is stopped at: a connection with the debugger's greeting is enough.
debugger_connects() {
  # shellcheck disable=SC2016 # expanded inside the host
  on web1 sh -c '
    timeout 10 nc -l 127.0.0.1 9003 >/srv/greeting & listener=$!
    sleep 1
    XDEBUG_TRIGGER=1 timeout 5 php /srv/script.php >/dev/null 2>&1
    kill "$listener" 2>/dev/null
    grep -aq "<init .*language=\"PHP\"" /srv/greeting'
}
shows_errors() { on web1 php -r 'echo $nothing;' | grep -F 'Undefined variable $nothing'; }
