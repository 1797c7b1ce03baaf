# shellcheck shell=bash
# The hosts, their network and the registry.

network_ensure() {
  docker network inspect "$NETWORK" >/dev/null 2>&1 && return
  say "making the network $SUBNET_PREFIX.0/24"
  docker network create "${LABELS[@]}" --driver bridge --subnet "$SUBNET_PREFIX.0/24" --gateway "$GATEWAY" \
    --opt "com.docker.network.bridge.name=$LAB_NAME" "$NETWORK" >/dev/null
}

registry_ensure() {
  local state
  state=$(container_state "$REGISTRY")
  if [ "$state" != absent ] && [ "$(docker inspect --format '{{.Image}}' "$REGISTRY")" != \
    "$(docker image inspect --format '{{.Id}}' kolla-lab/registry)" ]; then
    docker rm --force "$REGISTRY" >/dev/null
    state=absent
  fi
  case "$state" in
    running) ;;
    absent)
      docker volume create "${LABELS[@]}" "$REGISTRY" >/dev/null
      docker run --detach --name "$REGISTRY" "${LABELS[@]}" --restart unless-stopped \
        --network "$NETWORK" --ip "$REGISTRY_ADDRESS" --publish "$REGISTRY_PUSH:5000" \
        --volume "$REGISTRY:/var/lib/registry" kolla-lab/registry >/dev/null
      ;;
    *) docker start "$REGISTRY" >/dev/null ;;
  esac
  wait_until 30 "the registry answers" curl -fs -m 2 -o /dev/null "http://$REGISTRY_PUSH/v2/"
}

registry_reset() {
  docker rm --force "$REGISTRY" >/dev/null 2>&1 || true
  docker volume rm --force "$REGISTRY" >/dev/null
  network_ensure
  registry_ensure
}

# wait_until SECONDS WHAT COMMAND…
wait_until() {
  local limit=$1 what=$2 begun=$SECONDS
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ $((SECONDS - begun)) -lt "$limit" ] || die "after $limit s still not so: $what"
    sleep 0.2
  done
}

hosts_ensure() {
  local host started=()
  for host in $HOSTS; do
    case "$(host_state "$host")" in
      running) continue ;;
      paused) continue ;;
      absent) host_create "$host" ;;
      *) host_is_off_on_purpose "$host" && continue ;;
    esac
    started+=("$host")
  done
  [ ${#started[@]} -gt 0 ] || return 0
  say "starting ${started[*]}"
  hosts_boot "${started[@]}"
}

# A host that was powered off as a drill stays off when the lab is brought up again.
host_is_off_on_purpose() {
  [ -f "$STATE_DIR/faults/power-off.$1" ] || return 1
  say "$1 stays off: lab/lab mend power-off $1 starts it"
}

# Powers hosts on and waits until they can be used. The faults of the network come first, and a host that they keep
# this machine from is looked at by its engine alone.
hosts_boot() {
  local host
  # shellcheck disable=SC2046 # one word a host
  docker start $(for host in "$@"; do container_of "$host"; done) >/dev/null
  for host in "$@"; do
    wait_until 60 "$host has a network" on_host "$host" test -e /run/lab-host-ready
  done
  faults_apply_network
  for host in "$@"; do
    wait_until 90 "$host has a Docker engine" on_host "$host" docker info
    fault_cuts_all "$host" || fault_active host-key "$host" || wait_until 60 "$host answers over SSH" hosts_ssh "$host" -- true
  done
}

host_create() {
  local host=$1 container
  container=$(container_of "$host")
  docker volume create "${LABELS[@]}" "$container" >/dev/null
  host_flags
  docker create --name "$container" --hostname "$host" \
    "${LABELS[@]}" --label "kolla.lab.state=$STATE_DIR" \
    --network "$NETWORK" --ip "$(address_of "$host")" \
    --volume "$container:/srv/lab" --tmpfs /run:rw,exec,mode=755 --tmpfs /tmp:rw,exec,mode=1777 \
    --env "LAB_SUBNET=$SUBNET_PREFIX.0/24" --env "LAB_HOST_DISK=$HOST_DISK" --env "LAB_MAC=$(mac_of "$host")" \
    "${HOST_FLAGS[@]}" kolla-lab/host >/dev/null
  host_provision "$host"
}

# What a provisioning system would put on a new machine: its host key, who may log in, the names of its neighbours.
host_provision() {
  local host=$1 tree neighbour
  tree=$(mktemp -d)
  mkdir -p "$tree"/{etc/ssh,etc/kolla-lab,root/.ssh,home/kolla/.ssh}
  cp "$STATE_DIR/ssh/host_$host" "$tree/etc/ssh/ssh_host_ed25519_key"
  cp "$STATE_DIR/ssh/host_$host.pub" "$tree/etc/ssh/ssh_host_ed25519_key.pub"
  cp "$STATE_DIR/ssh/id_ed25519.pub" "$tree/root/.ssh/authorized_keys"
  cp "$STATE_DIR/ssh/id_ed25519.pub" "$tree/home/kolla/.ssh/authorized_keys"
  for neighbour in $HOSTS; do
    [ "$neighbour" = "$host" ] || echo "$(address_of "$neighbour") $neighbour"
  done >"$tree/etc/kolla-lab/hosts"
  chmod 0755 "$tree" "$tree"/{etc,etc/ssh,etc/kolla-lab,home}
  chmod 0700 "$tree"/{root,root/.ssh,home/kolla,home/kolla/.ssh}
  chmod 0600 "$tree/etc/ssh/ssh_host_ed25519_key" "$tree"/{root,home/kolla}/.ssh/authorized_keys
  chmod 0644 "$tree/etc/ssh/ssh_host_ed25519_key.pub" "$tree/etc/kolla-lab/hosts"
  tar -C "$tree" --owner=0 --group=0 -c etc root | docker cp - "$(container_of "$host"):/"
  tar -C "$tree" --owner=1000 --group=1000 -c home/kolla/.ssh | docker cp - "$(container_of "$host"):/"
  rm -rf "$tree"
}

# How this machine lets a container be a machine: --privileged, or else every capability that there is.
host_flags() {
  [ -z "${HOST_FLAGS:-}" ] || return 0
  HOST_FLAGS=(--privileged)
  if ! docker run --rm --privileged --network none --entrypoint /bin/true kolla-lab/host >/dev/null 2>&1; then
    HOST_FLAGS=(--security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined
      --device /dev/net/tun --device-cgroup-rule 'a *:* rwm')
    local capability
    for capability in $(capabilities_here); do HOST_FLAGS+=(--cap-add "$capability"); done
  fi
  if [ ! -f /sys/fs/cgroup/cgroup.controllers ]; then
    HOST_FLAGS+=(--cgroupns host --volume /sys/fs/cgroup:/sys/fs/cgroup:rw)
  fi
}

# In the kernel's order. The last three are unknown to older engines, and nothing here needs them.
capabilities_here() {
  local names=(CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE
    NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT
    SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG
    WAKE_ALARM BLOCK_SUSPEND AUDIT_READ)
  local bounding index
  bounding=$((16#$(awk '$1 == "CapBnd:" { print $2 }' /proc/self/status)))
  for index in "${!names[@]}"; do
    [ $((bounding >> index & 1)) = 0 ] || echo "${names[index]}"
  done
}

host_remove() {
  docker rm --force "$(container_of "$1")" >/dev/null 2>&1 || true
  docker volume rm --force "$(container_of "$1")" >/dev/null
  rm -f "$STATE_DIR"/faults/*."$1"
}

hosts_remove() {
  local ids host
  ids=$(docker ps --all --quiet --filter "label=kolla.lab.name=$LAB_NAME")
  # shellcheck disable=SC2086 # one word a container
  [ -z "$ids" ] || docker rm --force $ids >/dev/null
  for host in $HOSTS; do host_remove "$host"; done
  docker rm --force "$REGISTRY" >/dev/null 2>&1 || true
  if docker network inspect "$NETWORK" >/dev/null 2>&1; then docker network rm "$NETWORK" >/dev/null; fi
  [ -z "$1" ] || docker volume rm --force "$REGISTRY" >/dev/null
}

hosts_ssh() {
  [ $# -gt 0 ] || die_usage "ssh wants a host: $(join_words "$HOSTS")"
  local target=$1 user=root host
  shift
  host=${target#*@}
  [ "$host" = "$target" ] || user=${target%@*}
  require_host "$host"
  [ "${1:-}" != -- ] || shift
  ssh -i "$STATE_DIR/ssh/id_ed25519" -o IdentitiesOnly=yes -o ConnectTimeout=5 -o LogLevel=ERROR \
    -o StrictHostKeyChecking=yes -o UserKnownHostsFile="\"$CLUSTER_DIR/known_hosts\"" -F /dev/null \
    "$user@$(address_of "$host")" "$@"
}

hosts_running() {
  local host running=()
  for host in $HOSTS; do
    [ "$(host_state "$host")" != running ] || running+=("$host")
  done
  echo "${running[*]:-none}"
}

hosts_status() {
  docker info >/dev/null 2>&1 || die "no Docker engine runs here; lab/lab up starts one"
  local host state ssh containers faults
  printf '%-9s %-15s %-9s %-5s %-11s %s\n' HOST ADDRESS STATE SSH CONTAINERS FAULTS
  for host in $HOSTS; do
    state=$(host_state "$host") ssh=- containers=-
    if [ "$state" = running ]; then
      if containers=$(hosts_ssh "$host" -- docker ps --quiet 2>/dev/null </dev/null); then
        ssh=yes containers=$(grep -c . <<<"$containers" || true)
      else
        ssh=no containers=-
      fi
    fi
    faults=$(faults_of "$host")
    printf '%-9s %-15s %-9s %-5s %-11s %s\n' "$host" "$(address_of "$host")" "$state" "$ssh" "$containers" "${faults:--}"
  done
  state=$(container_state "$REGISTRY")
  printf '%-9s %-15s %-9s\n' registry "$REGISTRY_ADDRESS" "$state"
}
