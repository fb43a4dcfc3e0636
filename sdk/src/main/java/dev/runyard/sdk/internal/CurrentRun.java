package dev.runyard.sdk.internal;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The run that is executed here, if one is: the client finds its server and its parent run here.
 *
 * <p>A runner's process executes one run at a time, so that there it is one value for all threads, those of the task's
 * own included. A worker inside an application executes many, each on a thread of its own; threads that such a thread
 * starts have its run, threads of a pool have none.
 *
 * @param id the run
 * @param variables the project's environment variables, which reach the process after it started
 */
public record CurrentRun(String id, Map<String, String> variables) {
    private static volatile @Nullable CurrentRun current;
    private static final InheritableThreadLocal<@Nullable CurrentRun> OF_THREAD = new InheritableThreadLocal<>();

    public CurrentRun {
        variables = Map.copyOf(variables);
    }

    /** Returns the run that this thread executes, or that the process does. */
    public static Optional<CurrentRun> get() {
        return Optional.ofNullable(here());
    }

    private static @Nullable CurrentRun here() {
        CurrentRun own = OF_THREAD.get();
        return own == null ? current : own;
    }

    /** Says which run this thread executes from now on, and those that it starts. */
    public static void setOnThread(CurrentRun run) {
        OF_THREAD.set(run);
    }

    /** Says which run this process executes from now on. */
    public static void set(@Nullable CurrentRun run) {
        current = run;
    }

    /** Looks up a variable of the current run's project, then of the process. */
    public static @Nullable String variable(String name) {
        CurrentRun run = here();
        return run == null ? System.getenv(name) : run.lookUp(name);
    }

    /** Looks up a variable of this run's project, then of the process. */
    public @Nullable String lookUp(String name) {
        String value = variables.get(name);
        return value != null ? value : System.getenv(name);
    }
}
