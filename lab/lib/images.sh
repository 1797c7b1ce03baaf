# shellcheck shell=bash
# Images: two bases of Debian, and what is below images/, built when its content changed, for one release at a time.

# What hosts pull, the longest build first; host and registry are the lab's own furniture.
# shellcheck disable=SC2034 # lab/lab reads it
SERVICE_IMAGES=(keystone mariadb-server rabbitmq memcached keepalived haproxy mariadb-clustercheck)

# images_release RELEASE: what is built and pushed from here on is of this release.
images_release() {
  local entry
  for entry in "${RELEASES[@]}"; do
    [ "${entry%:*}" = "$1" ] || continue
    SUITE=${entry#*:}
    IMAGE_TAG=$1-debian-$SUITE
    return
  done
  die_usage "there is no release '$1'; the releases are: $(join_words "$(images_releases)")"
}

images_releases() { echo "${RELEASES[*]%:*}"; }

# The suite of each release, as Jinja has mappings.
images_suites() {
  local entry suites=''
  for entry in "${RELEASES[@]}"; do suites+="${suites:+, }'${entry%:*}': '${entry#*:}'"; done
  echo "{$suites}"
}

images_release_default() { images_release "${RELEASES[0]%:*}"; }

# An image's name in this machine's engine: that of the lab's usual release has no tag.
images_name() {
  if [ "$SUITE" = "${RELEASES[0]#*:}" ]; then echo "kolla-lab/$1"; else echo "kolla-lab/$1:$SUITE"; fi
}

images_bases() {
  local suite wanted=() pids=() pid
  for suite in bookworm trixie; do
    docker image inspect "kolla-lab/debian:$suite" >/dev/null 2>&1 || wanted+=("$suite")
  done
  for suite in "${wanted[@]}"; do
    images_base "$suite" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || die "no base image"; done
}

images_base() {
  local suite=$1 begun=$SECONDS
  if timeout "${LAB_PULL_TIMEOUT:-60}" docker pull -q "debian:$suite-slim" >/dev/null 2>&1; then
    docker tag "debian:$suite-slim" "kolla-lab/debian:$suite"
    say "pulled debian:$suite-slim ($((SECONDS - begun)) s)"
    return
  fi
  say "debian:$suite-slim cannot be pulled; making it with debootstrap"
  run_logged "base-$suite" "$LAB_DIR/lib/make-base" "$suite" "$(images_mirror Debian)" "$(images_mirror Debian-Security)"
  say "made the base of $suite ($((SECONDS - begun)) s)"
}

# The mirrors come from this machine's apt, where it is Debian's; debootstrap knows a default otherwise.
images_mirror() {
  command -v apt-get >/dev/null || return 0
  # shellcheck disable=SC2016 # the names in the format are apt's
  apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' 'Created-By: Packages' \
    | awk -v label="$1" '$2 == "Debian" && $3 == label { sub("/$", "", $1); print $1; exit }'
}

# The parent of an image, when it is one of ours.
images_parent() { sed -n 's|^ARG BASE=kolla-lab/\([a-z-]*\)$|\1|p' "$ROOT_DIR/images/$1/Dockerfile"; }

# What an image is made from, by its full name.
images_from() {
  local parent
  parent=$(images_parent "$1")
  if [ -n "$parent" ]; then images_name "$parent"; else echo "kolla-lab/debian:$SUITE"; fi
}

# The recipe of an image for the chosen release.
images_recipe() {
  sed -e '/^ARG BASE=/d' -e "s|^FROM \${BASE}$|FROM $(images_from "$1")|" "$ROOT_DIR/images/$1/Dockerfile"
}

images_hash() {
  local parent
  parent=$(images_parent "$1")
  {
    [ -z "$parent" ] || images_hash "$parent"
    cd "$ROOT_DIR/images/$1" || return 1
    find . -type f -not -path './conformance/*' -not -name '*.pyc' -printf '%m %P\n' | LC_ALL=C sort
    images_recipe "$1" | sha256sum | sed 's|-$|./Dockerfile|'
    find . -type f -not -path './conformance/*' -not -path ./Dockerfile -not -name '*.pyc' -print0 \
      | LC_ALL=C sort -z | xargs -0 --no-run-if-empty sha256sum
  } | sha256sum | cut -c 1-16
}

images_current() {
  [ "$(docker image inspect --format '{{index .Config.Labels "kolla.lab.hash"}}' "$(images_name "$1")" 2>/dev/null)" = "$(images_hash "$1")" ]
}

images_build_one() {
  local name=$1 begun=$SECONDS target
  target=$(images_name "$name")
  say "building ${target#*/}"
  images_recipe "$name" | run_logged "image-$name-$SUITE" docker build --network host --force-rm --file - \
    --label kolla.lab=1 --label "kolla.lab.hash=$(images_hash "$name")" -t "$target" "$ROOT_DIR/images/$name" || return 1
  say "built ${target#*/} ($((SECONDS - begun)) s, $(images_size "$target"))"
}

images_size() {
  docker image inspect --format '{{.Size}}' "$1" | awk '{ printf "%d MB", $1 / 1e6 }'
}

# images_build NAME…: those that changed, parents first.
images_build() {
  local name wanted=()
  for name in "$@"; do
    images_current "$name" || wanted+=("$name")
  done
  images_build_parents "${wanted[@]}"
  images_in_pairs images_build_one "${wanted[@]}"
}

# images_publish NAME…: built where needed, and in the registry under the tag that globals.yml leads to.
images_publish() {
  local name wanted=()
  for name in "$@"; do
    images_exists "$name"
    images_current "$name" && images_pushed "$name" || wanted+=("$name")
  done
  images_build_parents "${wanted[@]}"
  images_in_pairs images_publish_one "${wanted[@]}"
}

images_publish_one() {
  images_current "$1" || images_build_one "$1" || return 1
  images_push "$1"
}

images_exists() {
  [ -f "$ROOT_DIR/images/$1/Dockerfile" ] || die_usage "there is no image '$1' below images/"
}

images_build_parents() {
  local name parents
  parents=$(for name in "$@"; do images_parent "$name"; done | sort -u)
  # shellcheck disable=SC2086 # one word an image
  [ -z "$parents" ] || images_build $parents
}

# images_in_pairs FUNCTION NAME…: at most two at once; says every 20 s that it is still at it.
images_in_pairs() {
  local function=$1 name running=0 ticker failed=''
  shift
  [ $# -gt 0 ] || return 0
  (
    exec 9>&-
    while sleep 20; do say "… still building"; done
  ) &
  ticker=$!
  for name in "$@"; do
    if [ "$running" -ge 2 ]; then
      wait -n || failed=1
      running=$((running - 1))
    fi
    [ -z "$failed" ] || break
    "$function" "$name" &
    running=$((running + 1))
  done
  # The ticker is the one child that never ends by itself.
  for (( ; running > 0; running--)); do wait -n || failed=1; done
  kill "$ticker"
  wait "$ticker" 2>/dev/null || true
  [ -z "$failed" ] || die "an image could not be built or pushed"
}

images_push() {
  local name=$1 begun=$SECONDS target=$REGISTRY_PUSH/kolla/$1:$IMAGE_TAG
  docker tag "$(images_name "$name")" "$target"
  run_logged "push-$name-$SUITE" docker push "$target" || return 1
  say "pushed kolla/$name:$IMAGE_TAG ($((SECONDS - begun)) s)"
}

# Whether the registry's tag is what was built here, by digest.
images_pushed() {
  local digest
  digest=$(docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$(images_name "$1")" \
    | sed -n "s|^$REGISTRY_PUSH/kolla/$1@||p" | tail -n 1)
  [ -n "$digest" ] || return 1
  curl -fsSI -m 5 -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' \
    -H 'Accept: application/vnd.oci.image.manifest.v1+json' \
    "http://$REGISTRY_PUSH/v2/kolla/$1/manifests/$IMAGE_TAG" 2>/dev/null | tr -d '\r' \
    | grep -qi "^docker-content-digest: $digest$"
}

# All but what another lab on this machine runs.
images_remove() {
  local image
  { docker images --filter label=kolla.lab=1 --quiet --no-trunc && docker images --quiet --no-trunc kolla-lab/debian; } | sort -u \
    | while read -r image; do docker rmi --force "$image" >/dev/null 2>&1 || true; done
}
