package dev.runyard.testkit;

/// Where the servers of tests come from.
public final class TestServers {
    private TestServers() {}

    /// Tells whether they run in containers (`-Drunyard.test.servers=containers`, which `-Pdocker` sets for
    /// the engine); otherwise they are embedded.
    public static boolean inContainers() {
        String kind = System.getProperty("runyard.test.servers", "embedded");
        return switch (kind) {
            case "containers" -> true;
            case "embedded" -> false;
            default ->
                throw new IllegalArgumentException(
                        "runyard.test.servers is `embedded` or `containers`, not `" + kind + "`");
        };
    }
}
