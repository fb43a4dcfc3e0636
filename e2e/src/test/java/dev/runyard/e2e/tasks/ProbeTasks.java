package dev.runyard.e2e.tasks;

import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Tasks that behave, and tasks that do what bad tasks do.
public final class ProbeTasks {
    /// Writes when it starts and ends into a file that the test reads: what happened, told by the task itself.
    public static final Task<Probe, Long> PROBE = Task.define("probe")
            .input(Probe.class)
            .output(Long.class)
            .retry(Retry.exponential(5, Duration.ofMillis(200)))
            .run(ProbeTasks::probe);

    /// Fails until the given attempt.
    public static final Task<Integer, Integer> FLAKY = Task.define("flaky")
            .input(Integer.class)
            .output(Integer.class)
            .retry(Retry.exponential(5, Duration.ofMillis(200)))
            .run((succeedsAt, context) -> {
                if (context.attempt().number() < succeedsAt) {
                    throw new IllegalStateException(
                            "not yet: attempt " + context.attempt().number());
                }
                return context.attempt().number();
            });

    /// Returns when its code began, in unix milliseconds.
    public static final Task<Integer, Long> CLOCK =
            Task.define("clock").input(Integer.class).output(Long.class).run((_, _) -> System.currentTimeMillis());

    /// Ends the process.
    public static final Task<Integer, Integer> EXITS = Task.define("exits")
            .input(Integer.class)
            .output(Integer.class)
            .retry(Retry.none())
            .run((code, _) -> {
                System.out.println("about to exit with " + code);
                System.out.flush();
                Runtime.getRuntime().halt(code);
                return 0;
            });

    /// Takes memory until there is none.
    public static final Task<Integer, Integer> HOARDS = Task.define("hoards")
            .input(Integer.class)
            .output(Integer.class)
            .retry(Retry.none())
            .run((megabytes, _) -> {
                List<byte[]> hoard = new ArrayList<>();
                for (int i = 0; i < megabytes; i++) {
                    byte[] block = new byte[1_048_576];
                    Arrays.fill(block, (byte) 1);
                    hoard.add(block);
                }
                return hoard.size();
            });

    /// Takes memory in and beside the heap, so that its container reaches its limit before the heap does.
    public static final Task<Integer, Integer> SWELLS = Task.define("swells")
            .input(Integer.class)
            .output(Integer.class)
            .retry(Retry.none())
            .run((megabytes, _) -> {
                List<Object> hoard = new ArrayList<>();
                for (int i = 0; i < megabytes; i++) {
                    byte[] block = new byte[1_048_576];
                    Arrays.fill(block, (byte) 1);
                    hoard.add(block);
                    hoard.add(ByteBuffer.allocateDirect(block.length).put(block));
                }
                return hoard.size();
            });

    /// Ignores every request to stop.
    public static final Task<Long, Integer> STUBBORN = Task.define("stubborn")
            .input(Long.class)
            .output(Integer.class)
            .retry(Retry.none())
            .run((millis, _) -> {
                long end = System.nanoTime() + millis * 1_000_000;
                int interrupts = 0;
                while (System.nanoTime() < end) {
                    if (Thread.interrupted()) {
                        interrupts++;
                    }
                    Thread.onSpinWait();
                }
                return interrupts;
            });

    /// Starts processes without end.
    public static final Task<Integer, Integer> FORKS = Task.define("forks")
            .input(Integer.class)
            .output(Integer.class)
            .retry(Retry.none())
            .run((most, _) -> {
                List<Process> children = new ArrayList<>();
                try {
                    while (children.size() < most) {
                        children.add(new ProcessBuilder("sleep", "60").start());
                    }
                } finally {
                    children.forEach(Process::destroyForcibly);
                }
                return children.size();
            });

    private ProbeTasks() {}

    /// @param witness file that gets a line at the start and at the end
    /// @param workMs how long the work takes
    public record Probe(String witness, long workMs) {}

    private static Long probe(Probe probe, TaskContext context) throws IOException, InterruptedException {
        Path witness = Path.of(probe.witness());
        long start = System.currentTimeMillis();
        write(witness, "S", context, start);
        Thread.sleep(probe.workMs());
        long end = System.currentTimeMillis();
        write(witness, "E", context, end);
        return end - start;
    }

    private static void write(Path witness, String what, TaskContext context, long at) throws IOException {
        String line = what + " " + context.run().id() + " " + context.attempt().number() + " " + at + "\n";
        Files.write(
                witness, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND, StandardOpenOption.CREATE);
    }
}
