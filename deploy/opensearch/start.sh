#!/bin/sh
# A real OpenSearch cluster of three nodes on loopback, to try things on: sh deploy/opensearch/start.sh
#
# The jars come from Maven Central into .tools/opensearch. Needs Maven and a JDK of version 21 or newer, which is looked
# for in JAVA_HOME and /usr/lib/jvm. Each node is a process with a heap of HEAP; their ids stand in
# .tools/opensearch/node-N.pid. Stop them with: sh deploy/opensearch/stop.sh
set -eu
cd "$(dirname "$0")/../.."
HEAP=${HEAP:-512m} NODES=${NODES:-3} HTTP_PORT=${HTTP_PORT:-9201} TRANSPORT_PORT=${TRANSPORT_PORT:-9401}
HOME_FOLDER=$PWD/.tools/opensearch

is_new_enough() { [ -x "$1/bin/java" ] && [ "$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')" -ge 21 ]; }
for JDK in "${JAVA_HOME:-}" /usr/lib/jvm/*; do is_new_enough "$JDK" && break; JDK=; done
[ -n "$JDK" ] || { echo "no JDK of version 21 or newer was found; set JAVA_HOME" >&2; exit 1; }

mkdir -p "$HOME_FOLDER"
[ -e "$HOME_FOLDER/lib" ] || JAVA_HOME=$JDK mvn --batch-mode --quiet -f deploy/opensearch/pom.xml \
  dependency:copy-dependencies -DoutputDirectory="$HOME_FOLDER/lib"

for number in $(seq 1 "$NODES"); do
  rm -rf "$HOME_FOLDER/data/node-$number"
  nohup "$JDK/bin/java" -Xms"$HEAP" -Xmx"$HEAP" -cp "$HOME_FOLDER/lib/*" deploy/opensearch/Node.java \
    "$number" "$NODES" "$HTTP_PORT" "$TRANSPORT_PORT" "$HOME_FOLDER/data" \
    >"$HOME_FOLDER/node-$number.log" 2>&1 </dev/null &
  echo $! >"$HOME_FOLDER/node-$number.pid"
done

for _ in $(seq 1 120); do
  if curl -sf -m 2 "http://127.0.0.1:$HTTP_PORT/_cluster/health?wait_for_nodes=$NODES&timeout=1s" 2>/dev/null | grep -q '"timed_out":false'; then
    echo "OpenSearch with $NODES nodes at http://127.0.0.1:$HTTP_PORT and the next $((NODES - 1)) ports"
    exit 0
  fi
  sleep 1
done
echo "the nodes did not find one another within two minutes; see $HOME_FOLDER/node-1.log" >&2
exit 1
