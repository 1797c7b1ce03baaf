#!/bin/bash
# The long jobs of backup and restore, each in a container of its own that outlives the program which started it.
# KR_JOB says which. What a job found out are the lines of its output that begin with "KR ".
set -o errexit -o nounset -o pipefail
umask 077

scratch=/run/kr # a tmpfs: passwords and keys never touch a disk
server_pid=

say() { echo "$KR_JOB: $*" >&2; }

# ---- The way between two hosts: TLS with one certificate made for this transfer, which both ends must hold ----

tls() {
  [ -f "$scratch/transfer.pem" ] || base64 -d <<<"$KR_TLS" >"$scratch/transfer.pem"
  echo "cert=$scratch/transfer.pem,cafile=$scratch/transfer.pem,verify=1"
}

# Sends standard input to KR_PEER:KR_PORT and tells its size and digest.
transmit() {
  mkfifo "$scratch/size" "$scratch/digest"
  wc -c <"$scratch/size" >"$scratch/size.is" &
  local size=$!
  sha256sum <"$scratch/digest" >"$scratch/digest.is" &
  local digest=$!
  tee "$scratch/size" "$scratch/digest" |
    socat -u STDIN "OPENSSL:$KR_PEER:$KR_PORT,pf=ip4,keepalive,keepidle=10,keepintvl=5,keepcnt=6,connect-timeout=10,retry=60,interval=1,commonname=$KR_NAME,$(tls)"
  wait "$size" "$digest"
  echo "KR sent $(tr -d ' ' <"$scratch/size.is") $(cut -d' ' -f1 "$scratch/digest.is")"
}

# Writes to standard output what one peer sends. Whoever has no certificate is turned away, and the next may try.
accept() {
  local limit=$((SECONDS + KR_WAIT)) got=$scratch/got
  while [ "$SECONDS" -lt "$limit" ]; do
    rm -f "$got"
    # The mark tells a connection that came about from one that was turned away.
    if socat -u -d -d "OPENSSL-LISTEN:$KR_PORT,pf=ip4,reuseaddr,keepalive,keepidle=10,keepintvl=5,keepcnt=6,accept-timeout=$((limit - SECONDS)),$(tls)" STDOUT 2>"$got"; then
      return 0
    fi
    cat "$got" >&2
    ! grep -q 'starting data transfer loop' "$got" || return 1
    sleep 0.3
  done
  say "nobody came within $KR_WAIT s"
  return 1
}

# ---- On the host of the database ----

sql() { mariadb --defaults-file="$scratch/my.cnf" --batch --skip-column-names --connect-timeout=10 --execute="$1"; }

# Whatever ends the copy, the node takes part in flow control again.
resync() {
  local status=$?
  trap - EXIT TERM INT
  # shellcheck disable=SC2046 # one word a process
  kill $(jobs -p) 2>/dev/null || true
  [ "$KR_DESYNC" = no ] || sql "SET GLOBAL wsrep_desync = OFF" || say "wsrep_desync could not be set OFF"
  exit "$status"
}

job_copy() {
  # Quotes and backslashes of a password have a meaning in an option file.
  local password=${KR_PASSWORD//\\/\\\\}
  printf '!include /etc/kolla-runbooks/server.cnf\n[client]\nuser=root\npassword="%s"\n[mariadb-backup]\nuser=root\npassword="%s"\n' \
    "${password//\"/\\\"}" "${password//\"/\\\"}" >"$scratch/my.cnf"
  trap resync EXIT
  trap 'exit 143' TERM INT
  if [ "$KR_DESYNC" != no ]; then
    sql "SET GLOBAL wsrep_desync = ON"
    say "the node is desynchronised from flow control"
  fi
  # In the background, so that a signal is heard while it lasts.
  mariadb-backup --defaults-file="$scratch/my.cnf" --backup --galera-info --stream=mbstream --target-dir="$scratch/target" \
    ${KR_LSN:+--incremental-lsn="$KR_LSN"} --tmpdir=/tmp | gzip -1 | transmit &
  wait "$!"
}

# Unpacks what the store sends into an empty folder beside the data directory.
job_fetch() {
  trap '[ "$?" = 0 ] || empty_restored' EXIT
  empty_restored
  mkfifo "$scratch/size" "$scratch/digest"
  wc -c <"$scratch/size" >"$scratch/size.is" &
  local size=$!
  sha256sum <"$scratch/digest" >"$scratch/digest.is" &
  local digest=$!
  accept | tee "$scratch/size" "$scratch/digest" | tar -x -C /restored
  wait "$size" "$digest"
  sync -f /restored
  echo "KR received $(tr -d ' ' <"$scratch/size.is") $(cut -d' ' -f1 "$scratch/digest.is")"
}

empty_restored() { find /restored -mindepth 1 -delete; }

# ---- On the host of the store ----

job_receive() {
  trap '[ "$?" = 0 ] || rm -rf "${KR_FOLDER:?}"' EXIT
  rm -rf "${KR_FOLDER:?}"
  mkdir -p "$KR_FOLDER"
  accept >"$KR_FOLDER/archive.mbs.gz"
  sync "$KR_FOLDER/archive.mbs.gz"
  # Read back: what counts is what the disk holds.
  echo "KR received $(stat -c %s "$KR_FOLDER/archive.mbs.gz") $(sha256sum "$KR_FOLDER/archive.mbs.gz" | cut -d' ' -f1)"
}

unpack() {
  mkdir -p "$2"
  gunzip -c "$1" | mbstream -x -C "$2"
}

# The name of such a file changed with MariaDB 11.
meta() { cat "$1/xtrabackup_$2" 2>/dev/null || cat "$1/mariadb_backup_$2"; }

# KR_ARCHIVES: the full one and its incrementals, in their order.
job_prepare() {
  if [ -n "${KR_VERSION:-}" ] && [[ "$(mariadb-backup --version 2>&1)" != *" $KR_VERSION."* ]]; then
    say "the backup is of MariaDB $KR_VERSION; this image has $(mariadb-backup --version 2>&1)"
    exit 1
  fi
  local archive part=0 data=$KR_WORK/data
  # What failed must not keep the disk full.
  trap '[ "$?" = 0 ] || rm -rf "${KR_WORK:?}"' EXIT
  rm -rf "${KR_WORK:?}"
  mkdir -p "$KR_WORK"
  for archive in $KR_ARCHIVES; do
    if [ "$part" = 0 ]; then
      unpack "$archive" "$data"
      meta "$data" checkpoints | sed -n 's/^to_lsn = /KR lsn /p' >"$scratch/facts"
      meta "$data" galera_info >"$scratch/galera"
      mariadb-backup --prepare --target-dir="$data" --tmpdir=/tmp
    else
      unpack "$archive" "$KR_WORK/part"
      meta "$KR_WORK/part" checkpoints | sed -n 's/^to_lsn = /KR lsn /p' >"$scratch/facts"
      meta "$KR_WORK/part" galera_info >"$scratch/galera"
      mariadb-backup --prepare --target-dir="$data" --incremental-dir="$KR_WORK/part" --tmpdir=/tmp
      rm -rf "$KR_WORK/part"
    fi
    part=$((part + 1))
  done
  cat "$scratch/facts"
  echo "KR galera $(tr -d '\n' <"$scratch/galera" | cut -d' ' -f1)"
  echo "KR bytes $(($(du -sk "$data" | cut -f1) * 1024))"
}

client() { "$1" --no-defaults --socket=$scratch/mysql.sock --user=root "${@:2}"; }

stop_server() {
  # A signal is a clean shutdown.
  [ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || true
  [ -z "$server_pid" ] || wait "$server_pid" || true
  server_pid=
}

# Starts a server on the prepared data that nobody else can reach: no network, no cluster, a socket of its own.
job_query() {
  local data=$KR_WORK/data
  mariadbd --defaults-file="$data/backup-my.cnf" --datadir="$data" --socket=$scratch/mysql.sock --pid-file=$scratch/mysql.pid \
    --log-error=$scratch/error.log --tmpdir=/tmp --skip-networking --skip-grant-tables --skip-log-bin --skip-slave-start \
    --wsrep-on=OFF --wsrep-provider=none --innodb-buffer-pool-size=256M &
  server_pid=$!
  trap stop_server EXIT
  trap 'exit 143' TERM INT
  local limit=$((SECONDS + KR_WAIT))
  until client mariadb-admin ping >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$limit" ] || ! kill -0 "$server_pid" 2>/dev/null; then
      tail -n 20 $scratch/error.log >&2
      say "no server comes up on the prepared data"
      exit 1
    fi
    sleep 0.3
  done
  client mariadb-check --check --all-databases >"$scratch/check"
  if grep -Ei '^(error|status *: *(corrupt|operation failed))' "$scratch/check" >&2; then
    say "a table is damaged"
    exit 1
  fi
  echo "KR checked $(grep -c 'OK$' "$scratch/check")"
  echo "KR version $(client mariadb -BNe 'SELECT VERSION()')"
  client mariadb -BNe "SELECT CONCAT('SELECT ''', table_schema, ''', COUNT(*) FROM \`', REPLACE(table_schema, '\`', '\`\`'), '\`.\`',
      REPLACE(table_name, '\`', '\`\`'), '\`;') FROM information_schema.tables WHERE table_type = 'BASE TABLE'
      AND table_schema NOT IN ('information_schema', 'performance_schema', 'sys', 'mysql')" |
    client mariadb -BN | awk -F '\t' '{ rows[$1] += $2; tables[$1]++ } END { for (s in rows) print "KR schema " s " " tables[s] " " rows[s] }'
  if [ -n "${KR_PASSWORD:-}" ]; then
    # From here on the accounts hold that the backup has.
    client mariadb -e 'FLUSH PRIVILEGES'
    if MYSQL_PWD=$KR_PASSWORD client mariadb -e 'SELECT 1' >/dev/null; then echo "KR login yes"; else echo "KR login no"; fi
  fi
  stop_server
  grep -c '\[ERROR\]' $scratch/error.log | sed 's/^/errors in the server log: /' >&2 || true
}

# Sends the prepared and queried data to a host of the database.
job_send() {
  # What the throw-away server and the copy left, and what would tie the new cluster to the old one's history.
  tar -C "$KR_WORK/data" --exclude=./grastate.dat --exclude=./gvwstate.dat --exclude='./galera.cache' --exclude='./ib_buffer_pool' \
    -cf - . | transmit
}

"job_$KR_JOB"
