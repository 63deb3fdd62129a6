# SPDX-License-Identifier: MIT
# For scripts that need a broker with certificates of their own choosing; to be sourced behind
# cases.sh. All files lie in $work.

# An authority NAME.crt, NAME.key.
make_authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 30 \
        -keyout "$work/$1.key" -out "$work/$1.crt" -subj "/CN=$1" >"$work/openssl" 2>&1 ||
        { cat "$work/openssl" >&2; fail 'no authority could be made'; }
}

# make_certificate AUTHORITY NAME COMMON-NAME SERVER-NAME [START END]: NAME.crt, NAME.key. The dates
# are YYYYMMDDHHMMSSZ.
make_certificate() {
    folder=$work/ca-$1
    mkdir -p "$folder"
    : >"$folder/index"
    cat >"$folder/conf" <<END
[ca]
default_ca = this
[this]
database = $folder/index
new_certs_dir = $folder
rand_serial = yes
default_md = sha256
policy = any
x509_extensions = leaf
[any]
commonName = supplied
[leaf]
basicConstraints = critical, CA:FALSE
subjectAltName = DNS:$4
END
    {
        openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout "$work/$2.key" \
            -out "$work/$2.csr" -subj "/CN=$3" &&
            openssl ca -batch -notext -config "$folder/conf" -in "$work/$2.csr" -out "$work/$2.crt" \
                -cert "$work/$1.crt" -keyfile "$work/$1.key" \
                -startdate "${5-$(date -u -d -1hour +%Y%m%d%H%M%SZ)}" \
                -enddate "${6-$(date -u -d +1day +%Y%m%d%H%M%SZ)}"
    } >"$work/openssl" 2>&1 || { cat "$work/openssl" >&2; fail 'no certificate could be made'; }
}

# start_broker AUTHORITY SERVER: Mosquitto with the certificate SERVER.crt, which lets in whom
# AUTHORITY has certified. Its port is in $port; it dies with the case.
start_broker() {
    for try in 1 2 3 4 5; do
        port=$((20000 + ($$ * 7 + try * 1009) % 12000))
        cat >"$work/broker.conf" <<END
user $(id -un)
listener $port 127.0.0.1
cafile $work/$1.crt
certfile $work/$2.crt
keyfile $work/$2.key
require_certificate true
use_identity_as_username true
set_tcp_nodelay true
END
        "$(command -v mosquitto || echo /usr/sbin/mosquitto)" -c "$work/broker.conf" \
            >"$work/broker.log" 2>&1 &
        broker=$!
        trap 'kill "$broker" 2>/dev/null; rm -rf "$work"' EXIT
        for wait in $(seq 50); do
            ! grep -qs " running" "$work/broker.log" || return 0
            kill -0 "$broker" 2>/dev/null || break
            sleep 0.1
        done
    done
    cat "$work/broker.log" >&2
    fail 'no broker could be started'
}
