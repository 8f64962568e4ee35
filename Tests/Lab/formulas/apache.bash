# shellcheck shell=bash
formulas+=(apache)
packages+=(apache2)

check_apache() {
  local word='application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  fresh web1 web2
  # The hosts come with nginx, which has the port.
  on web1 systemctl --quiet disable --now nginx 2>/dev/null
  on web2 apt-get -qq --yes install curl >/dev/null 2>&1
  pillar apache
  applied web1 apache.mime-office
  on web1 sh -c 'cd /var/www/html && touch report.docx report.vsdx report.onetmp'
  equal "a .docx has the media type of Word" "$word" "$(media_type report.docx)"
  # Debian's own list knows .docx as well: without it the formula must do alone.
  on web1 sh -c 'echo "TypesConfig /dev/null" >/etc/apache2/conf-enabled/no-types.conf && systemctl reload apache2'
  equal "also without the system's own list" "$word" "$(media_type report.docx)"
  equal "a type that pillar adds" application/vnd.ms-visio.drawing.main+xml "$(media_type report.vsdx)"
  equal "a type that pillar leaves out" '' "$(media_type report.onetmp)"
  equal "the server does not tell its version" Apache "$(header report.docx Server)"

  on web1 sh -c 'echo Nonsense >/etc/apache2/conf-enabled/broken.conf'
  sed 's/files\.example\.com/other.example.com/' "$repository/states/apache/pillar.example" | pillar_of apache
  pillar apache
  refused "a configuration with a fault is refused" call web1 state.apply apache
  equal "and the server goes on" "$word" "$(media_type report.docx)"
}

header() { on web2 curl --silent --head "http://web1/$1" | tr -d '\r' | sed -n "s/^$2: //p"; }
media_type() { header "$1" Content-Type; }
