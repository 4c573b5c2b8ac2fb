#!/usr/bin/env bash
# Known weaknesses in what the app runs with, from the npm registry. Skipped, with a line that says so, where the registry
# answers no such question.
set -euo pipefail
cd "$(dirname "$0")/.."
(npm audit --omit=dev --json 2>/dev/null || true) | node --input-type=module -e '
  import { json } from "node:stream/consumers";
  const report = await json(process.stdin).catch(() => ({}));
  if (!report.metadata) {
    console.log("audit: skipped, the registry does not answer it");
    process.exit(0);
  }
  for (const { name, severity } of Object.values(report.vulnerabilities)) console.log(`audit: ${severity}: ${name}`);
  const { high = 0, critical = 0 } = report.metadata.vulnerabilities;
  console.log(`audit: ${high + critical} high or critical`);
  process.exit(high + critical > 0 ? 1 : 0);
'
