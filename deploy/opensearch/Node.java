import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One node of a trial cluster on loopback, in a process of its own so that it can be killed like a machine.
 *
 * Arguments: the node's number from 1, how many there are, the first HTTP port, the first transport port, a folder.
 */
public final class Node {
    private Node() {}

    public static void main(String[] arguments) throws InterruptedException {
        int number = Integer.parseInt(arguments[0]);
        int nodes = Integer.parseInt(arguments[1]);
        int http = Integer.parseInt(arguments[2]);
        int transport = Integer.parseInt(arguments[3]);
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((index, settings) -> {
            settings.put("node.name", "node-" + number);
            settings.put("discovery.type", "zen");
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", String.valueOf(http + number - 1));
            settings.put("transport.port", String.valueOf(transport + number - 1));
            settings.putList("discovery.seed_hosts", names("127.0.0.1:", transport, nodes));
            settings.putList("cluster.initial_cluster_manager_nodes", names("node-", 1, nodes));
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
        });
        runner.build(OpenSearchRunner.newConfigs()
            .basePath(arguments[4] + "/node-" + number)
            .clusterName("chatbot-trial")
            .numOfNode(1)
            .build());
        System.out.println("node-" + number + " is up");
        new CountDownLatch(1).await();
    }

    private static String[] names(String prefix, int first, int count) {
        String[] names = new String[count];
        for (int place = 0; place < count; place++) {
            names[place] = prefix + (first + place);
        }
        return names;
    }
}
