#!/bin/sh
# Stops what start.sh started.
cd "$(dirname "$0")/../../.tools/opensearch" || exit 0
for file in node-*.pid; do
  [ -e "$file" ] && kill "$(cat "$file")" 2>/dev/null
  rm -f "$file"
done
