package dev.runyard.supervisor.workload;

/// How a workload ended.
public sealed interface WorkloadExit {
    /// Highest signal number of the systems that we run on.
    int LAST_SIGNAL = 64;

    /// Base of the exit codes that stand for a signal.
    int SIGNAL_BASE = 128;

    /// Exit code of a JVM that was told to end when its heap is full.
    int JVM_HEAP_FULL = 3;

    /// Returns the last lines that the workload printed; empty where there are none.
    String output();

    /// It ended by itself.
    record Exited(int code, String output) implements WorkloadExit {}

    /// A signal ended it.
    record Signaled(int signal, String output) implements WorkloadExit {}

    /// The system killed it for exceeding its memory limit.
    record OutOfMemory(String output) implements WorkloadExit {}

    /// It came to nothing: what it was to execute does not exist or is not executable.
    record NotExecutable(String output) implements WorkloadExit {}

    /// It is gone without a trace of its end.
    ///
    /// @param detail what was expected and not found, a sentence
    record Vanished(String detail) implements WorkloadExit {
        @Override
        public String output() {
            return "";
        }
    }

    /// Tells a signal from an ordinary exit by the convention of shells and container engines, and a JVM whose heap was
    /// full by its last words.
    static WorkloadExit ofCode(int code, String output) {
        if (code == JVM_HEAP_FULL && output.contains("java.lang.OutOfMemoryError")) {
            return new OutOfMemory(output);
        }
        int signal = code - SIGNAL_BASE;
        return signal > 0 && signal <= LAST_SIGNAL ? new Signaled(signal, output) : new Exited(code, output);
    }

    /// Returns the word that names this kind of end in metrics and logs.
    default String kind() {
        return switch (this) {
            case Exited exited -> exited.code() == 0 ? "exit-zero" : "exit-code";
            case Signaled _ -> "signal";
            case OutOfMemory _ -> "out-of-memory";
            case NotExecutable _ -> "not-executable";
            case Vanished _ -> "vanished";
        };
    }
}
