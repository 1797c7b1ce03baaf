# shellcheck shell=bash
# What can be broken, and how it is mended. A fault is remembered as a file faults/FAULT.HOST in the state folder, so
# that a cut network stays cut when a host's power comes back, and so that `status` can tell.

FAULTS="kill-container power-off power-on partition freeze wipe slow host-key disk-full"

faults_usage() {
  cat <<'END'
The faults (each is undone by `lab/lab mend FAULT HOST…`):
  kill-container NAME HOST…      SIGKILL to a container's processes; mend starts the container
  power-off HOST…                all hosts given die in the same moment, as if unplugged; mend powers them on
  power-on HOST…                 power them on again
  partition [--all] HOST…        cut the hosts given from the other hosts (not from one another); the driver and the
                                 registry still reach them, unless --all is given
  freeze HOST…                   every process of the host stops and keeps its connections; mend lets them go on
  wipe HOST…                     a new, empty machine at the same address, with the same host key
  slow [--delay MS] HOST…        everything that the host sends arrives 100 ms later, or as given
  host-key HOST…                 the host answers with another host key than the pinned one
  disk-full HOST…                fill the disk of the host's Docker engine
END
}

faults_main() {
  local verb=$1 fault=${2:-}
  if [ -z "$fault" ]; then
    faults_usage
    return
  fi
  shift 2
  if [ "$verb $fault" = "mend all" ]; then
    [ $# -eq 0 ] || die_usage "mend all takes no hosts: it undoes every fault of every host"
    state_lock
    faults_mend_all
    return
  fi
  [[ " $FAULTS " == *" $fault "* ]] || die_usage "there is no fault '$fault'; the faults are: $(join_words "$FAULTS")"

  local option=
  case "$fault" in
    kill-container)
      [ $# -ge 2 ] || die_usage "kill-container wants a container's name and a host: lab/lab $verb kill-container mariadb ctl2"
      option=$1
      shift
      ;;
    partition)
      if [ "${1:-}" = --all ]; then
        option=all
        shift
      fi
      ;;
    slow)
      option=100
      if [ "${1:-}" = --delay ]; then
        option=${2:-}
        option=${option%ms}
        [[ "$option" =~ ^[1-9][0-9]{0,4}$ ]] || die_usage "--delay wants milliseconds from 1 to 99999, not '${2:-}'"
        shift 2
      fi
      ;;
  esac
  [ $# -gt 0 ] || die_usage "$verb $fault wants at least one host: $(join_words "$HOSTS")"
  local host
  for host in "$@"; do require_host "$host"; done
  for host in "$@"; do
    [ "$(host_state "$host")" != absent ] || die "$host does not exist; lab/lab up makes it"
  done
  [ "$fault" != power-on ] || { fault=power-off verb=mend; }
  state_lock
  "fault_${verb}_${fault//-/_}" "$option" "$@"
  say "done: $verb $fault $*"
}

fault_record() { echo "${3:-}" >"$STATE_DIR/faults/$1.$2"; }

fault_forget() { rm -f "$STATE_DIR/faults/$1.$2"; }

fault_active() { [ -f "$STATE_DIR/faults/$1.$2" ]; }

faults_of() {
  local fault active=()
  for fault in $FAULTS; do
    ! fault_active "$fault" "$1" || active+=("$fault")
  done
  echo "${active[*]:-}"
}

faults_mend_all() {
  local host
  for host in $HOSTS; do
    ! fault_active freeze "$host" || fault_mend_freeze '' "$host"
  done
  for host in $HOSTS; do
    ! fault_active power-off "$host" || fault_mend_power_off '' "$host"
  done
  rm -f "$STATE_DIR"/faults/{partition,slow}.*
  faults_apply_network
  for host in $HOSTS; do
    ! fault_active host-key "$host" || fault_mend_host_key '' "$host"
    ! fault_active disk-full "$host" || fault_mend_disk_full '' "$host"
  done
  say "no fault is left; containers that a drill killed start with their restart policy or with mend kill-container"
}

# on_host HOST COMMAND…: by the engine of this machine, so that it works on a host that the network does not reach.
on_host() {
  local host=$1
  shift
  docker exec --interactive "$(container_of "$host")" "$@"
}

require_running() {
  local host
  for host in "$@"; do
    [ "$(host_state "$host")" = running ] || die "$host is $(host_state "$host"); this fault needs it running"
  done
}

# Hosts work side by side: fault_each FUNCTION ARGUMENT HOST…
fault_each() {
  local function=$1 argument=$2 host pids=() pid failed=
  shift 2
  for host in "$@"; do
    "$function" "$argument" "$host" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || failed=1; done
  [ -z "$failed" ] || die "not done on every host"
}

fault_break_kill_container() {
  local name=$1
  shift
  require_running "$@"
  fault_each fault_kill_one "$name" "$@"
}

# Not `docker kill`: that tells the engine that it was wanted, and its restart policy would not act.
fault_kill_one() {
  local name=$1 host=$2 pid
  pid=$(on_host "$host" docker inspect --format '{{.State.Pid}}' "$name" 2>/dev/null) \
    || die "$host has no container '$name'; it has: $(on_host "$host" docker ps --all --format '{{.Names}}' | paste -sd ' ')"
  [ "$pid" != 0 ] || die "the container $name on $host does not run"
  on_host "$host" kill -KILL "$pid"
}

fault_mend_kill_container() {
  local name=$1 host
  shift
  require_running "$@"
  for host in "$@"; do on_host "$host" docker start "$name" >/dev/null || die "the container $name on $host does not start"; done
}

fault_break_power_off() {
  shift
  local host pids=() pid
  for host in "$@"; do
    # Before the power goes, so that `up` cannot take it for a host that ended by itself.
    fault_record power-off "$host"
    pid=$(docker inspect --format '{{.State.Pid}}' "$(container_of "$host")")
    [ "$pid" = 0 ] || pids+=("$pid")
  done
  # One call for all: the first process of each host, with which the kernel ends everything inside. Where the engine
  # runs on another kernel (a desktop's virtual machine) its own kill is the nearest there is.
  if [ ${#pids[@]} -gt 0 ]; then
    kill -KILL "${pids[@]}" 2>/dev/null || fault_kill_by_engine "$@"
  fi
  for host in "$@"; do
    # A frozen process dies when it thaws, without another step of its own.
    if [ "$(host_state "$host")" = paused ]; then docker unpause "$(container_of "$host")" >/dev/null; fi
    wait_until 60 "$host is off" fault_is_off "$host"
    fault_forget freeze "$host"
  done
}

fault_kill_by_engine() {
  local host containers=()
  for host in "$@"; do containers+=("$(container_of "$host")"); done
  docker kill "${containers[@]}" >/dev/null || true
}

fault_is_off() { [ "$(host_state "$1")" = exited ]; }

fault_mend_power_off() {
  shift
  local host
  for host in "$@"; do fault_forget power-off "$host"; done
  hosts_boot "$@"
}

fault_break_freeze() {
  shift
  local host containers=()
  require_running "$@"
  for host in "$@"; do
    containers+=("$(container_of "$host")")
    fault_record freeze "$host"
  done
  docker pause "${containers[@]}" >/dev/null
}

fault_mend_freeze() {
  shift
  local host
  for host in "$@"; do
    if [ "$(host_state "$host")" = paused ]; then docker unpause "$(container_of "$host")" >/dev/null; fi
    fault_forget freeze "$host"
  done
  # What was cut or mended while it was frozen.
  faults_apply_network
}

fault_break_wipe() {
  shift
  local host
  for host in "$@"; do
    host_remove "$host"
    host_create "$host"
  done
  hosts_boot "$@"
}

fault_mend_wipe() {
  shift
  require_running "$@"
  say "a wiped machine is a new one: nothing of the old one is left to bring back"
}

fault_break_host_key() {
  shift
  require_running "$@"
  local host
  for host in "$@"; do
    on_host "$host" sh -c 'rm -f /etc/ssh/ssh_host_ed25519_key* && ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key'
    fault_reload_sshd "$host"
    fault_record host-key "$host"
  done
}

fault_mend_host_key() {
  shift
  require_running "$@"
  local host
  for host in "$@"; do
    host_provision "$host"
    fault_reload_sshd "$host"
    fault_forget host-key "$host"
  done
}

# The listening sshd alone: connections that stand keep their keys, as after a real change.
fault_reload_sshd() { on_host "$1" pkill -HUP -o -x sshd; }

fault_break_disk_full() {
  shift
  require_running "$@"
  local host
  for host in "$@"; do
    on_host "$host" mountpoint -q /var/lib/docker \
      || die "$host has no disk of its own for its Docker engine here, and the machine's is not going to be filled"
    [ "$(on_host "$host" stat -f -c %i /var/lib/docker)" != "$(on_host "$host" stat -f -c %i /srv/lab)" ] \
      || die "$host shares this machine's disk, which is not going to be filled"
    fault_record disk-full "$host"
  done
  fault_each fault_fill_disk '' "$@"
}

# fallocate takes all but a rest of blocks that it cannot; dd takes those.
fault_fill_disk() {
  # shellcheck disable=SC2016 # the host expands it
  on_host "$2" sh -c '
    cd /var/lib/docker
    free=$(($(stat -f -c "%a * %S" .) / 1024 / 1024))
    [ "$free" -lt 1 ] || fallocate -l "${free}M" lab-ballast || true
    dd if=/dev/zero of=lab-ballast-rest bs=4k 2>/dev/null || true
    sync'
}

fault_mend_disk_full() {
  shift
  require_running "$@"
  local host
  for host in "$@"; do
    on_host "$host" rm -f /var/lib/docker/lab-ballast /var/lib/docker/lab-ballast-rest
    fault_forget disk-full "$host"
  done
}

fault_break_partition() {
  local all=$1 host group
  shift
  group=$*
  for host in "$@"; do fault_record partition "$host" "$group ${all:+all}"; done
  faults_apply_network
}

fault_mend_partition() {
  shift
  local host
  for host in "$@"; do fault_forget partition "$host"; done
  faults_apply_network
}

fault_break_slow() {
  local delay=$1 host
  shift
  for host in "$@"; do fault_record slow "$host" "$delay"; done
  faults_apply_network
}

fault_mend_slow() {
  shift
  local host
  for host in "$@"; do fault_forget slow "$host"; done
  faults_apply_network
}

# The network of every running host as the recorded faults want it; a host that is off gets it when it starts.
faults_apply_network() {
  local running
  running=$(hosts_running)
  # shellcheck disable=SC2086 # one word a host
  [ "$running" = none ] || fault_each fault_apply_network_to '' $running
}

fault_apply_network_to() {
  local host=$2 peer cut=() all='' delay=''
  for peer in $HOSTS; do
    [ "$peer" = "$host" ] || ! fault_between "$host" "$peer" || cut+=("$(mac_of "$peer")")
  done
  ! fault_cuts_all "$host" || all=all
  ! fault_active slow "$host" || delay=$(cat "$STATE_DIR/faults/slow.$host")
  on_host "$host" /usr/local/sbin/lab-network "$all" "$delay" "${cut[@]}"
}

# Two hosts do not hear each other when one is in a partition and the other is not in the same one.
fault_between() { fault_parts "$1" "$2" || fault_parts "$2" "$1"; }

fault_parts() {
  fault_active partition "$1" || return 1
  [[ " $(cat "$STATE_DIR/faults/partition.$1") " != *" $2 "* ]]
}

fault_cuts_all() {
  fault_active partition "$1" && [[ " $(cat "$STATE_DIR/faults/partition.$1") " == *" all "* ]]
}
