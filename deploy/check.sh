#!/usr/bin/env bash
# Performs the Dockerfile's steps without a container engine: the same commands in a clean folder without a compiler on
# the PATH, then the final stage as a user without rights, on a tree in which only the data folder can be written: a
# start, a look at /readyz, the health check, and a stop. Needs the development packages of this checkout for the
# simulated Slack and Linq.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
image=$(mktemp -d)
pids=()
cleanup() {
  for pid in "${pids[@]:-}"; do kill "$pid" 2>/dev/null || true; done
  chmod -R u+w "$image"
  rm -rf "$image"
}
trap cleanup EXIT

# Only what npm itself calls, so that nothing can be compiled by accident.
mkdir "$image/bin"
for tool in node npm sh env uname; do ln -s "$(command -v "$tool")" "$image/bin/$tool"; done

# The user `node` of the image. Root gives its rights up; anyone else has few already.
as_node=(env)
if [[ $EUID -eq 0 ]]; then
  as_node=(setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all env)
fi

echo 'Stage "build": npm ci, npm run build'
mkdir "$image/build" && cd "$image/build"
cp "$repository"/{package.json,package-lock.json,tsconfig.json,tsconfig.build.json} .
cp -r "$repository"/{packaging,src} .
PATH="$image/bin" npm ci --no-progress >/dev/null
PATH="$image/bin" npm run --silent build

echo 'Stage "dependencies": npm ci --omit=dev'
mkdir "$image/app" && cd "$image/app"
cp "$repository"/{package.json,package-lock.json} .
NODE_ENV=production PATH="$image/bin" npm ci --omit=dev --no-progress >/dev/null
cp -r "$image/build/dist" .
cp "$repository/deploy/healthcheck.mjs" .

echo 'Final stage: read-only but for data, as a user without rights'
mkdir data
chmod -R a+rX,a-w .
if [[ $EUID -eq 0 ]]; then chown 65534:65534 data; fi
chmod 700 data
chmod 755 "$image"
if "${as_node[@]}" touch dist/written 2>/dev/null; then echo 'The tree can be written'; exit 1; fi

echo 'Start, with a simulated Slack and Linq'
(cd "$repository" && exec node --import tsx demo/serve.ts) >"$image/simulator.env" &
pids+=($!)
for _ in $(seq 300); do [ -s "$image/simulator.env" ] && break; sleep 0.1; done
set -a && . "$image/simulator.env" && set +a
node=$(command -v node)
"${as_node[@]}" NODE_ENV=production PORT=0 HOST=127.0.0.1 METRICS_PORT=0 "$node" dist/main.js >"$image/app.log" &
app=$!
pids+=("$app")
port=''
for _ in $(seq 300); do
  port=$(sed -nE 's/.*"port":([0-9]+).*/\1/p' "$image/app.log" | head -n 1)
  [ -n "$port" ] && break
  kill -0 "$app" || { cat "$image/app.log"; exit 1; }
  sleep 0.1
done
"${as_node[@]}" "$node" -e 'fetch(process.argv[1]).then(async (r) => { console.log("/readyz", r.status, await r.text()); process.exit(r.status === 200 ? 0 : 1); })' "http://127.0.0.1:$port/readyz"
"${as_node[@]}" PORT="$port" HOST=' ' "$node" healthcheck.mjs
if "${as_node[@]}" PORT=1 "$node" healthcheck.mjs; then echo 'The health check finds an app where there is none'; exit 1; fi
[ "$(stat -c %a data/linq-remove.db)" = 600 ] || { echo 'The store can be read by others'; exit 1; }

echo 'Stop with SIGTERM'
kill -TERM "$app"
wait "$app"

# Where systemd is at hand: the unit's rights, 0.0 (none) to 10.0 (all).
if command -v systemd-analyze >/dev/null; then
  systemd-analyze security --offline=yes --threshold=20 "$repository/deploy/linq-remove.service" | tail -n 1
fi
echo 'The image would build, start, become ready and stop.'
