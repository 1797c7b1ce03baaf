# shellcheck shell=bash
# A Docker engine on this machine: installed and started when it is missing.

engine_ensure() {
  engine_install
  docker info >/dev/null 2>&1 || engine_start
}

engine_install() {
  local missing=() tool
  for tool in dockerd:docker.io debootstrap:debootstrap ssh:openssh-client curl:curl ip:iproute2; do
    command -v "${tool%%:*}" >/dev/null || [ -x "/usr/sbin/${tool%%:*}" ] || missing+=("${tool##*:}")
  done
  # An engine that answers is good enough, wherever its daemon comes from; debootstrap is for machines of the Debian family.
  if docker info >/dev/null 2>&1; then missing=("${missing[@]/docker.io/}"); fi
  command -v apt-get >/dev/null || missing=("${missing[@]/debootstrap/}")
  read -ra missing <<<"${missing[*]:-}"
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "missing here: ${missing[*]}; install them and run this again"
  [ "$(id -u)" = 0 ] || die "missing here: ${missing[*]}; run this as root and it installs them"
  say "installing ${missing[*]}"
  run_logged apt-update apt-get update -q
  DEBIAN_FRONTEND=noninteractive run_logged apt-install apt-get install -y -q --no-install-recommends "${missing[@]}"
}

engine_start() {
  [ "$(id -u)" = 0 ] || die "no Docker engine answers; start one, or run this as root"
  if [ -d /run/systemd/system ]; then
    say "starting the Docker engine by systemd"
    systemctl start docker
  else
    say "starting the Docker engine in the background"
    local log=/var/log/kolla-lab-dockerd.log
    engine_forget_pid dockerd /run/docker.pid
    engine_forget_pid containerd /run/docker/containerd/containerd.pid
    (PATH=$PATH:/usr/sbin:/sbin setsid nohup dockerd >>"$log" 2>&1 </dev/null 9>&- &)
  fi
  local tries
  for ((tries = 0; tries < 120; tries++)); do
    ! docker info >/dev/null 2>&1 || return 0
    sleep 0.5
  done
  die "the Docker engine did not start within 60 s${log:+; see $log}"
}

# A pid file outlives a power cut of this machine, and would make the engine believe that it runs already.
engine_forget_pid() {
  [ -f "$2" ] || return 0
  grep -qsx "$1" "/proc/$(cat "$2")/comm" || rm -f "$2"
}
