# shellcheck shell=bash
# TLS at the virtual address: an authority of the lab's own, and certificates that it signs. Nothing of this is for anything else.

CA_DIR=$STATE_DIR/authority

# What a browser or a client trusts, kept; the server's certificate, new each time.
certificate_make() {
  local days=$1 folder=$CLUSTER_DIR/certificates work
  umask 077
  mkdir -p "$CA_DIR" "$folder/ca"
  if [ ! -f "$CA_DIR/root.crt" ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=$LAB_NAME authority" \
      -addext keyUsage=critical,keyCertSign,cRLSign -keyout "$CA_DIR/root.key" -out "$CA_DIR/root.crt" 2>/dev/null \
      || die "openssl could not make an authority in $CA_DIR"
  fi
  cp "$CA_DIR/root.crt" "$folder/ca/root.crt"
  work=$(mktemp -d "$CA_DIR/new.XXXXXX")
  certificate_sign "$days" "$work" || die "openssl could not sign a certificate for $VIP"
  # Certificate and key in one, and seen whole or not at all.
  cat "$work/server.crt" "$work/server.key" >"$folder/.haproxy-internal.pem.new"
  mv "$folder/.haproxy-internal.pem.new" "$folder/haproxy-internal.pem"
  rm -rf "$work"
}

certificate_sign() {
  local days=$1 work=$2
  printf 'subjectAltName=IP:%s\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n' "$VIP" >"$work/extensions"
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$VIP" \
    -keyout "$work/server.key" -out "$work/server.csr" 2>/dev/null \
    && openssl x509 -req -in "$work/server.csr" -CA "$CA_DIR/root.crt" -CAkey "$CA_DIR/root.key" \
      -set_serial "0x$(openssl rand -hex 15)" -days "$days" -extfile "$work/extensions" -out "$work/server.crt" 2>/dev/null
}

certificate_hint() {
  local file=$CLUSTER_DIR/certificates/haproxy-internal.pem
  say "a new certificate for $VIP in $file: $(openssl x509 -in "$file" -noout -serial -enddate | tr '\n' ' ')"
  grep -qs '^kolla_enable_tls_internal:' "$CLUSTER_DIR/globals.yml" || cat <<'END'
To have it served, put these lines into globals.yml and deploy:
  kolla_enable_tls_internal: "yes"
  kolla_admin_openrc_cacert: "{{ kolla_certificates_dir }}/ca/root.crt"
END
}
