#!/bin/bash
# healthcheck.sh [--connect] [--galera_online]: healthy when the server answers, and belongs to a primary component.
set -o errexit -o nounset

status() {
  # The server's account logs in over the socket, as whom this container runs.
  mariadb --no-defaults --socket="${MARIADB_SOCKET:-$(my_print_defaults mariadbd mysqld server | sed -n 's/^--socket=//p' | tail -n 1)}" \
    --user=mysql --connect-timeout=5 --batch --skip-column-names --execute="SHOW GLOBAL STATUS LIKE '$1'" | cut -f 2
}

for question in "$@"; do
  case "$question" in
    --connect)
      status Uptime >/dev/null
      ;;
    --galera_online)
      state=$(status wsrep_local_state)
      case "$state" in
        2 | 3 | 4) ;;
        *)
          echo "wsrep_local_state is '$state'"
          exit 1
          ;;
      esac
      ;;
    *)
      echo "unknown question $question" >&2
      exit 1
      ;;
  esac
done
