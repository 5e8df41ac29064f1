# Installs what the scripts need and the machine lacks. Sourced by ./run, ./test and the examples; POSIX shell.
#
# KUMIKI_CACHE (default ~/.cache/kumiki) keeps what can be used again: the Python environment, test vectors, the build of
# the SDK tests. Deleting it costs time, nothing else.

KUMIKI_CACHE=${KUMIKI_CACHE:-$HOME/.cache/kumiki}
export KUMIKI_CACHE
mkdir -p "$KUMIKI_CACHE"

say() { if [ -t 1 ]; then printf '\033[1m%s\033[0m\n' "$*"; else printf '%s\n' "$*"; fi; }
die() { printf 'kumiki: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# apt_get PACKAGE...: with sudo where we are not root.
apt_get() {
    have apt-get || die "please install: $*"
    as=
    if [ "$(id -u)" != 0 ]; then
        have sudo || die "please install as root: apt-get install $*"
        as=sudo
    fi
    say "installing $*"
    $as apt-get update -qq && $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

need_compiler() {
    have cc && have make || apt_get build-essential
}

need_openssl() {
    have openssl || apt_get openssl
}

# A browser of those that tests/support/browser.py knows; KUMIKI_BROWSER names another.
need_browser() {
    [ -n "${KUMIKI_BROWSER:-}" ] || have chromium || have chromium-browser || have google-chrome-stable || have google-chrome ||
        apt_get chromium
}

need_cargo() {
    have cargo || PATH=$HOME/.cargo/bin:$PATH
    if ! have cargo; then
        have curl || apt_get curl ca-certificates
        say "installing Rust with rustup"
        curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs |
            sh -s -- -y --profile minimal --component rustfmt --component clippy
        PATH=$HOME/.cargo/bin:$PATH
    fi
    export PATH
}

# Puts a Python environment with the packages of tests/clients/requirements.txt in front of PATH.
need_python() {
    have python3 || apt_get python3 python3-venv
    wanted=tests/clients/requirements.txt
    venv=$KUMIKI_CACHE/venv-$(cksum <"$wanted" | cut -d' ' -f1)
    if ! [ -f "$venv/ready" ]; then
        rm -rf "$venv"
        python3 -c 'import ensurepip, venv' 2>/dev/null || apt_get python3-venv
        say "installing Python packages into $venv"
        python3 -m venv "$venv"
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$wanted"
        touch "$venv/ready"
    fi
    PATH=$venv/bin:$PATH
    export PATH
}

# Installs the packages of the folder's package-lock.json.
need_node() {
    have node && have npm || apt_get nodejs npm
    major=$(node -p 'process.versions.node.split(".")[0]')
    [ "$major" -ge 18 ] || die "node $major is too old for the AWS SDK: 18 or newer is needed"
    if ! [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ]; then
        say "installing node packages into $1/node_modules"
        (cd "$1" && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.package-lock.json)
    fi
}
