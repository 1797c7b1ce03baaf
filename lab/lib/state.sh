# shellcheck shell=bash
# The state folder: keys, passwords, and the cluster's definition as an operator of Kolla knows it.

# One change of the lab at a time; held until this program ends.
state_lock() {
  mkdir -p "$STATE_DIR"
  exec 9>"$STATE_DIR/lock"
  if ! flock -n 9; then
    say "another lab/lab is at work; waiting for it"
    flock 9
  fi
}

# The hosts on this machine know the keys of the state folder which made them, so a second one cannot use them.
state_refuse_foreign_lab() {
  local owner host
  for host in $HOSTS; do
    owner=$(docker inspect --format '{{index .Config.Labels "kolla.lab.state"}}' "$(container_of "$host")" 2>/dev/null) || continue
    [ "$owner" != "$STATE_DIR" ] || continue
    if [ "$(host_state "$host")" = running ] && [ -f "$owner/ssh/id_ed25519" ]; then
      die "the lab on this machine belongs to $owner: use it with KOLLA_LAB_STATE=$owner, or remove it with KOLLA_LAB_STATE=$owner lab/lab down"
    fi
    say "removing $host, left over from a lab whose state was in $owner"
    host_remove "$host"
  done
}

state_write() {
  umask 077
  mkdir -p "$STATE_DIR/ssh" "$STATE_DIR/faults" "$CLUSTER_DIR/config"
  local host
  state_key "$STATE_DIR/ssh/id_ed25519" kolla-lab
  for host in $HOSTS; do state_key "$STATE_DIR/ssh/host_$host" "$host"; done
  state_known_hosts
  [ -f "$CLUSTER_DIR/passwords.yml" ] || state_passwords >"$CLUSTER_DIR/passwords.yml"
  [ -f "$STATE_DIR/users.yml" ] || state_users >"$STATE_DIR/users.yml"
  # What people may edit is written once; `lab/lab down --all` begins anew.
  [ -f "$CLUSTER_DIR/multinode" ] || state_inventory >"$CLUSTER_DIR/multinode"
  [ -f "$CLUSTER_DIR/globals.yml" ] || state_globals >"$CLUSTER_DIR/globals.yml"
  [ -f "$CLUSTER_DIR/config/keystone.conf" ] || state_keystone_override >"$CLUSTER_DIR/config/keystone.conf"
}

state_key() {
  [ -f "$1" ] || ssh-keygen -q -t ed25519 -N '' -C "$2" -f "$1"
}

state_known_hosts() {
  local host
  for host in $HOSTS; do
    echo "$host,$(address_of "$host") $(cut -d' ' -f1,2 "$STATE_DIR/ssh/host_$host.pub")"
  done >"$CLUSTER_DIR/known_hosts.new"
  mv "$CLUSTER_DIR/known_hosts.new" "$CLUSTER_DIR/known_hosts"
}

state_passwords() {
  echo "---"
  local key
  for key in database_password mariadb_backup_database_password mariadb_monitor_password \
    keystone_admin_password keystone_database_password \
    rabbitmq_password rabbitmq_monitoring_password rabbitmq_cluster_cookie \
    haproxy_password keepalived_password memcache_secret_key; do
    echo "$key: $(random_word)"
  done
  echo "docker_registry_password:"
}

state_users() {
  local entry id first last groups
  echo "---"
  echo "users:"
  while read -r id first last groups; do
    entry="  - {id: $id, first-name: $first, last-name: $last, password: $(random_word 16), groups: [$groups]}"
    echo "$entry"
  done <<'END'
admin Lab Administrator camunda-admin
olivia Olivia Operator operators
adam Adam Approver approvers
anna Anna Approver approvers
victor Victor Viewer viewers
tickets Ticketing System operators
END
}

state_inventory() {
  sed -e "s|@KEY@|$STATE_DIR/ssh/id_ed25519|" -e "s|@PREFIX@|$SUBNET_PREFIX|" "$LAB_DIR/cluster/multinode"
}

state_globals() {
  sed -e "s|@VIP@|$VIP|" -e "s|@REGISTRY@|$REGISTRY_ADDRESS:5000|" -e "s|@SUITES@|$(images_suites)|" "$LAB_DIR/cluster/globals.yml"
}

state_keystone_override() { cat "$LAB_DIR/cluster/config/keystone.conf"; }

state_remove() {
  find "$STATE_DIR" -mindepth 1 -maxdepth 1 ! -name lock -exec rm -rf {} +
}

state_user() {
  sed -n "s/.*{id: $1,.* password: \([A-Za-z0-9]*\),.*/$1:\1/p" "$STATE_DIR/users.yml"
}

state_print_env() {
  state_write
  cat <<END
RUNBOOKS_URL='${KOLLA_LAB_URL:-http://127.0.0.1:8080}'
VIP='$VIP'
OPERATOR='$(state_user olivia)'
APPROVER='$(state_user adam)'
APPROVER2='$(state_user anna)'
VIEWER='$(state_user victor)'
TICKETS='$(state_user tickets)'
END
}
