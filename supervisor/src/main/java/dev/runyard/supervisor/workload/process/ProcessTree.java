package dev.runyard.supervisor.workload.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signals to all processes of a workload.
final class ProcessTree {
    private static final Logger log = LoggerFactory.getLogger(ProcessTree.class);
    private static final Path PROC = Path.of("/proc");

    private ProcessTree() {}

    /// Asks the process group of a task to end.
    static void terminate(long task) {
        signal("TERM", task);
    }

    /// Kills the process group of a task.
    static void kill(long task) {
        signal("KILL", task);
    }

    /// Kills processes that left both the group and the family of the task but still carry its environment.
    ///
    /// Only Linux shows another process's environment; elsewhere such daemons survive.
    static void killStrays(String runner) {
        if (!Files.isDirectory(PROC)) {
            return;
        }
        byte[] mark = ("TRIGGER_RUNNER_ID=" + runner + '\0').getBytes(StandardCharsets.UTF_8);
        ProcessHandle.allProcesses()
                .filter(carries(mark))
                .peek(stray -> log.info("killing process {}, left behind by {}", stray.pid(), runner))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static Predicate<ProcessHandle> carries(byte[] mark) {
        return process -> {
            try {
                byte[] environment = Files.readAllBytes(PROC.resolve(process.pid() + "/environ"));
                return indexOf(environment, mark) >= 0;
            } catch (IOException | SecurityException e) {
                // It ended meanwhile, or belongs to somebody else and so is none of ours.
                return false;
            }
        };
    }

    private static int indexOf(byte[] text, byte[] part) {
        for (int start = 0; start <= text.length - part.length; start++) {
            if (Arrays.equals(text, start, start + part.length, part, 0, part.length)) {
                return start;
            }
        }
        return -1;
    }

    private static void signal(String name, long group) {
        try {
            // The shell's own kill: a minimal image has no other.
            Process kill = new ProcessBuilder("sh", "-c", "kill -s " + name + " -- -" + group)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send SIG" + name + " to process group " + group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
