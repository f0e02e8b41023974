#!/bin/sh
# Installs the mail servers and the database the tests start for themselves, and a font.
#
# On Debian or Ubuntu and as root, what is missing is installed; nothing is started system-wide.
# Elsewhere the missing packages are named. It never fails: the tests say what they could not run.
set -u

CYRUS=/usr/local/lib/mailflow-tests/cyrus-imapd

missing() {
    set --
    [ -x /usr/lib/dovecot/imap ] || set -- "$@" dovecot-imapd
    [ -x /usr/lib/dovecot/lmtp ] || set -- "$@" dovecot-lmtpd
    [ -x /usr/lib/postfix/sbin/master ] || set -- "$@" postfix
    [ -x /usr/lib/cyrus/bin/master ] || set -- "$@" cyrus-common
    [ -x /usr/sbin/saslpasswd2 ] || set -- "$@" sasl2-bin
    # initdb lies below the version's number
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || set -- "$@" postgresql
    # cards with accents are drawn with it
    [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || set -- "$@" fonts-dejavu-core
    echo "$*"
}

# cyrus-imapd refuses to be installed beside dovecot-imapd, so it is only unpacked: the parts it
# shares with nothing else run from any folder.
has_cyrus() {
    [ -x /usr/lib/cyrus/bin/imapd ] || [ -x "$CYRUS/usr/lib/cyrus/bin/imapd" ]
}

unpack_cyrus() {
    work=$(mktemp -d) || return 1
    chmod 755 "$work"
    (
        cd "$work" &&
        apt-get download -qq cyrus-imapd >/dev/null 2>&1 &&
        mkdir -p "$CYRUS" &&
        dpkg -x cyrus-imapd_*.deb "$CYRUS"
    )
    rm -rf "$work"
    has_cyrus
}

install() {
    # Packages that bring a service would start it: a policy of "no" keeps them quiet.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
        trap 'rm -f "$policy"' EXIT INT TERM
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    [ $# -eq 0 ] || apt-get install -y -qq --no-install-recommends "$@" </dev/null
    has_cyrus || unpack_cyrus
}

wanted=$(missing)
if [ -z "$wanted" ] && has_cyrus; then
    exit 0
fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    log=$(mktemp)
    # shellcheck disable=SC2086 # a list of words is meant
    install $wanted >"$log" 2>&1
    wanted=$(missing)
    if [ -n "$wanted" ]; then tail -n 20 "$log" >&2; fi
    rm -f "$log"
fi
has_cyrus || wanted="$wanted cyrus-imapd (unpacked by this script when run as root)"
if [ -n "$wanted" ]; then
    echo "Some tests need what is not installed:" >&2
    echo "    $wanted" >&2
    echo "On Debian or Ubuntu run this script as root; elsewhere those tests are skipped." >&2
fi
exit 0
