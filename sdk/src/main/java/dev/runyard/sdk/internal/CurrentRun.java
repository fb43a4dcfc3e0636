package dev.runyard.sdk.internal;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The run that this process executes, if it executes one: the client finds its server and its parent run here.
 *
 * <p>A process executes one run at a time, so this is one value for all threads, those of the task's own included.
 *
 * @param id the run
 * @param variables the project's environment variables, which reach the process after it started
 */
public record CurrentRun(String id, Map<String, String> variables) {
    private static volatile @Nullable CurrentRun current;

    public CurrentRun {
        variables = Map.copyOf(variables);
    }

    /** Returns the run that this process executes. */
    public static Optional<CurrentRun> get() {
        return Optional.ofNullable(current);
    }

    /** Says which run this process executes from now on. */
    public static void set(@Nullable CurrentRun run) {
        current = run;
    }

    /** Looks up a variable of the current run's project, then of the process. */
    public static @Nullable String variable(String name) {
        CurrentRun run = current;
        String value = run == null ? null : run.variables().get(name);
        return value != null ? value : System.getenv(name);
    }
}
