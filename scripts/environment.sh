# shellcheck shell=sh
# Sourced by the scripts beside it: the repository's root and the Python environment to use.
# shellcheck disable=SC2034  # root is for those scripts

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
quiet_pip="-q --disable-pip-version-check"

fail() {
    echo "scripts/${0##*/}: $*" >&2
    exit 1
}

# The version of a Python ("3.11"), or nothing where it can't run: a pyenv shim can be an empty promise.
version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true
}

# The first of the given Pythons that is 3.11 to 3.13 and can make environments.
choose_python() {
    other='' bare=''
    for candidate; do
        version=$(version_of "$candidate")
        case $version in
            3.11 | 3.12 | 3.13)
                "$candidate" -c 'import ensurepip, venv' 2>/dev/null && echo "$candidate" && return
                bare=${bare:-$version} ;;
            ?*) other=${other:-$version} ;;
        esac
    done
    [ -z "$bare" ] || fail "Python $bare has no venv module here; run: sudo apt install python$bare-venv"
    [ -z "$other" ] || fail "found Python $other, wanted 3.11, 3.12 or 3.13; install one, or name it: PYTHON=/path/to/python3"
    fail "none of these runs: $*; wanted Python 3.11 to 3.13, so run: sudo apt install python3 python3-venv"
}

# make_environment FOLDER EXTRAS PATIENCE PYTHON…: the checkout, editable, in a virtual environment.
# Nothing is installed again until pyproject.toml, the Python or the place of the checkout changes.
make_environment() {
    folder=$root/$1 extras=$2 patience=$3
    shift 3
    [ -z "${PYTHON:-}" ] || set -- "$PYTHON"
    version=$(version_of "$folder/bin/python")
    if [ -n "${PYTHON:-}" ] || [ -z "$version" ]; then
        python=$(choose_python "$@")
    else
        python=$folder/bin/python
    fi
    if [ "$version" != "$(version_of "$python")" ]; then
        version=$(version_of "$python")
        "$python" -m venv --clear "$folder" || fail "$folder can't be made; free space or mend its permissions"
    fi
    stamp=$({ echo "$root $version $extras" && cat "$root/pyproject.toml"; } | cksum)
    [ "$(cat "$folder/.installed" 2>/dev/null)" = "$stamp" ] && return
    echo "$patience" >&2
    # shellcheck disable=SC2086  # the options are words
    "$folder/bin/python" -m pip install $quiet_pip --editable "$root$extras" ||
        fail "pip couldn't install (its reason is above); it needs PyPI and a few hundred MB of disk"
    echo "$stamp" >"$folder/.installed"
}

# .venv-dev with everything. Python 3.11 first: only there can both interpreters be compared.
development_environment() {
    make_environment .venv-dev '[dev]' 'Installing TensorFlow and the rest into .venv-dev: 3 GB of disk, a few minutes …' \
        python3.11 python3.12 python3.13 python3
}

# The Python of the environment in use, else of the one that scripts/test or scripts/demo made.
environment_python() {
    for folder in "${VIRTUAL_ENV:-}" "$root/.venv-dev" "$root/.venv"; do
        "$folder/bin/python" -c 'import digits_edge' 2>/dev/null && echo "$folder/bin/python" && return
    done
    fail "no environment yet; run scripts/demo or scripts/test first"
}
