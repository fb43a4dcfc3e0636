package dev.runyard.e2e.tasks;

import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Tells from inside what a task may do.
public final class ConfinementTasks {
    private static final AtomicInteger EXECUTED = new AtomicInteger();

    /// Tries what a task must not do, and what it must.
    public static final Task<Attempts, Findings> CONFINEMENT = Task.define("confinement")
            .input(Attempts.class)
            .output(Findings.class)
            .retry(Retry.none())
            .run((attempts, _) -> new Findings(status(), written(attempts.files()), reached(attempts.addresses())));

    /// Tells how many runs its process has executed.
    public static final Task<Integer, Integer> COUNT =
            Task.define("count").input(Integer.class).output(Integer.class).run((_, _) -> EXECUTED.incrementAndGet());

    private static final List<String> STATUS =
            List.of("Uid:", "CapEff:", "CapPrm:", "CapBnd:", "NoNewPrivs:", "Seccomp:");
    private static final int CONNECT_TIMEOUT_MS = 1_500;

    private ConfinementTasks() {}

    /// @param files paths to write to
    /// @param addresses `host:port` to connect to
    public record Attempts(List<String> files, List<String> addresses) {}

    /// @param status lines of `/proc/self/status`
    /// @param written which files could be written
    /// @param reached which addresses could be connected to
    public record Findings(List<String> status, Map<String, Boolean> written, Map<String, Boolean> reached) {}

    private static List<String> status() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> STATUS.stream().anyMatch(line::startsWith))
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .toList();
    }

    private static Map<String, Boolean> written(List<String> files) {
        Map<String, Boolean> results = new LinkedHashMap<>();
        for (String file : files) {
            try {
                Files.writeString(Path.of(file), "probe");
                results.put(file, true);
            } catch (IOException e) {
                results.put(file, false);
            }
        }
        return results;
    }

    private static Map<String, Boolean> reached(List<String> addresses) {
        Map<String, Boolean> results = new LinkedHashMap<>();
        for (String address : addresses) {
            int colon = address.lastIndexOf(':');
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(
                                address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                        CONNECT_TIMEOUT_MS);
                results.put(address, true);
            } catch (IOException e) {
                results.put(address, false);
            }
        }
        return results;
    }
}
