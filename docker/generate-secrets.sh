#!/bin/sh
# Writes .env with fresh secrets for docker-compose.yml, or the file that is named. It never replaces one that exists:
# the database's password and the key that seals what is in it cannot be changed by writing another file.
set -eu
file=${1:-$(cd "$(dirname "$0")/.." && pwd)/.env}

if [ -e "$file" ]; then
    echo "generate-secrets: $file exists already; it was left as it is" >&2
    exit 1
fi

hex() { od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'; }
key() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }

umask 077
cat >"$file" <<END
# Secrets of this installation. Keep a copy in a safe place: without RUNYARD_ENCRYPTION_KEY a backup of the database
# cannot be read.
POSTGRES_PASSWORD=$(hex 24)
REDIS_PASSWORD=$(hex 24)
RUNYARD_ENCRYPTION_KEY=$(key)
MANAGED_WORKER_SECRET=$(hex 24)

# Where people reach the dashboard, and the port for it on this machine.
RUNYARD_APP_ORIGIN=http://localhost:3030
RUNYARD_PORT=3030

# The registry for images of tasks. Only this machine reaches it.
RUNYARD_REGISTRY_PORT=5000
END
echo "wrote $file"
