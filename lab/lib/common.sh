# shellcheck shell=bash
# shellcheck disable=SC2034 # the other parts read these names
# Names and addresses of the lab, and how it speaks.

SUBNET_PREFIX=${LAB_SUBNET_PREFIX:-172.31.88}
HOSTS="ctl1 ctl2 ctl3 ctl4"
VIP=$SUBNET_PREFIX.100
GATEWAY=$SUBNET_PREFIX.1
REGISTRY_ADDRESS=$SUBNET_PREFIX.2
# The engine of this machine pushes through loopback: an address there needs no TLS and no change of its configuration.
REGISTRY_PUSH=127.0.0.1:${LAB_REGISTRY_PORT:-5001}
# A second lab on the same machine takes another name, subnet, registry port and state folder.
LAB_NAME=${LAB_NAME:-kolla-lab}
NETWORK=$LAB_NAME
REGISTRY=$LAB_NAME-registry
# Everything that the lab makes in the machine's engine can be told by these.
LABELS=(--label kolla.lab=1 --label "kolla.lab.name=$LAB_NAME")
# The Debian whose packages stand for a release of OpenStack in the lab; the first is what the lab deploys unless told.
RELEASES=(zed:bookworm 2025.1:trixie)
# How large a host's Docker disk is; sparse, so it costs only what is written.
HOST_DISK=${LAB_HOST_DISK:-12G}

STATE_DIR=${KOLLA_LAB_STATE:-$LAB_DIR/.state}
mkdir -p "$STATE_DIR"
STATE_DIR=$(cd -P "$STATE_DIR" && pwd)
CLUSTER_DIR=$STATE_DIR/cluster
LOG_DIR=$STATE_DIR/logs

say() { printf '[%3ds] %s\n' "$SECONDS" "$*"; }

warn() { printf 'lab: %s\n' "$*" >&2; }

die() {
  warn "$*"
  exit 1
}

# A mistake in the command line, as opposed to a failure of the lab.
die_usage() {
  warn "$*"
  exit 2
}

join_words() {
  local words=$1
  echo "${words// /, }"
}

container_of() { echo "$LAB_NAME-$1"; }

address_of() { echo "$SUBNET_PREFIX.1${1#ctl}"; }

# Fixed, so that a partition can name its peers by what the wire shows, whatever addresses they hold.
mac_of() { printf '02:6b:6c:00:00:%02x\n' "${1#ctl}"; }

is_host() { [[ " $HOSTS " == *" $1 "* ]]; }

require_host() {
  is_host "$1" || die_usage "there is no host '$1'; the hosts are: $(join_words "$HOSTS")"
}

# A container's state in the engine's words, or absent.
container_state() {
  local state
  state=$(docker inspect --type container --format '{{.State.Status}}' "$1" 2>/dev/null) || state=absent
  echo "$state"
}

host_state() { container_state "$(container_of "$1")"; }

random_word() { head -c 96 /dev/urandom | base64 -w0 | tr -dc 'A-Za-z0-9' | cut -c "1-${1:-40}"; }

# run_logged NAME COMMAND…: its output goes to a log, of which the end is shown when it fails.
run_logged() {
  local log=$LOG_DIR/$1.log
  shift
  mkdir -p "$LOG_DIR"
  if ! "$@" >"$log" 2>&1; then
    tail -n 25 "$log" >&2
    warn "failed: $* (the whole output is in $log)"
    return 1
  fi
}
