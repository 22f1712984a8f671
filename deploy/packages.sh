# Debian packages: installed where this user may, otherwise named so that somebody else can install them.
# Sourced by the other scripts of this folder.

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1
    fi
}

# Debian 12 ships a first edition of Liberation without Vietnamese letters beside the second; later
# releases ship only the second, under the first one's name.
liberation_package() {
    apt-cache show fonts-liberation2 >/dev/null 2>&1 && echo fonts-liberation2 || echo fonts-liberation
}

# Is there a font of the measures of Times with Vietnamese letters?
times_font() {
    fc-list ':lang=vi' family 2>/dev/null | grep -iE 'times new roman|liberation serif|tinos' >/dev/null
}

# install_packages PACKAGE…  → 0 when they are there afterwards
install_packages() {
    if command -v apt-get >/dev/null && as_root true; then
        echo "Cài đặt: $*" >&2
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2 </dev/null || true
        set -- "${@/#times-font/$(liberation_package)}"
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >&2 </dev/null && return 0
    fi
    echo "Chưa cài được. Hãy gõ:  sudo apt-get install ${*/#times-font/fonts-liberation2}" >&2
    return 1
}
