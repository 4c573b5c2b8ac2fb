#!/usr/bin/env bash
# Performs the Dockerfile's steps without a container engine: the same commands in a clean folder, then a start, a look
# at /readyz and a stop. Needs the development packages of this checkout for the simulated Slack and Linq.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
image=$(mktemp -d)
pids=()
cleanup() {
  for pid in "${pids[@]:-}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$image"
}
trap cleanup EXIT

echo 'Stage "build": npm ci, npm run build'
mkdir "$image/build" && cd "$image/build"
cp "$repository"/{package.json,package-lock.json,tsconfig.json,tsconfig.build.json,build.js} .
cp -r "$repository/src" .
npm ci --no-progress >/dev/null
npm run --silent build

echo 'Stage "dependencies": npm ci --omit=dev'
mkdir "$image/app" && cd "$image/app"
cp "$repository"/{package.json,package-lock.json} .
NODE_ENV=production npm ci --omit=dev --no-progress >/dev/null
cp -r "$image/build/dist" .

echo 'Start, with a simulated Slack and Linq'
(cd "$repository" && exec node --import tsx demo/serve.ts) >"$image/simulator.env" &
pids+=($!)
for _ in $(seq 100); do [ -s "$image/simulator.env" ] && break; sleep 0.1; done
set -a && . "$image/simulator.env" && set +a
NODE_ENV=production PORT=0 HOST=127.0.0.1 node dist/main.js >"$image/app.log" &
app=$!
pids+=("$app")
port=''
for _ in $(seq 150); do
  port=$(sed -nE 's/.*"port":([0-9]+).*/\1/p' "$image/app.log" | head -n 1)
  [ -n "$port" ] && break
  kill -0 "$app" || { cat "$image/app.log"; exit 1; }
  sleep 0.1
done
node -e 'fetch(process.argv[1]).then(async (r) => { console.log("/readyz", r.status, await r.text()); process.exit(r.status === 200 ? 0 : 1); })' "http://127.0.0.1:$port/readyz"

echo 'Stop with SIGTERM'
kill -TERM "$app"
wait "$app"
echo 'The image would build, start, become ready and stop.'
