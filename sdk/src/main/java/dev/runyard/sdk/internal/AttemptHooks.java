package dev.runyard.sdk.internal;

import dev.runyard.sdk.OnError;
import dev.runyard.sdk.TaskBody;
import dev.runyard.sdk.TaskHooks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hooks of the project and of the task around one attempt, in that order. */
final class AttemptHooks {
    private final TaskHooks<@Nullable Object, @Nullable Object> task;
    private final List<TaskHooks<@Nullable Object, @Nullable Object>> both;
    private final AttemptContext context;
    private volatile @Nullable Object input;

    AttemptHooks(
            TaskHooks<@Nullable Object, @Nullable Object> project,
            TaskHooks<@Nullable Object, @Nullable Object> task,
            AttemptContext context) {
        this.task = task;
        this.both = List.of(project, task);
        this.context = context;
    }

    /** Takes the payload, which every hook gets. */
    void take(@Nullable Object payload) {
        input = payload;
    }

    /** Runs the body with all that goes before and around it. */
    @Nullable
    Object around(TaskBody<@Nullable Object, @Nullable Object> body) throws Exception {
        Result result = new Result();
        TaskHooks.Next next = () -> {
            before();
            result.set(body.run(input, context));
        };
        for (TaskHooks<@Nullable Object, @Nullable Object> hooks : both.reversed()) {
            TaskHooks.Middleware<@Nullable Object> middleware = hooks.middleware();
            if (middleware != null) {
                TaskHooks.Next inner = next;
                next = () -> middleware.around(input, context, inner);
            }
        }
        next.run();
        return result.get();
    }

    OnError decide(Throwable error) throws Exception {
        TaskHooks.CatchHook<@Nullable Object> own = task.catchError();
        TaskHooks.CatchHook<@Nullable Object> hook =
                own != null ? own : both.getFirst().catchError();
        return hook == null ? OnError.asUsual() : hook.decide(input, error, context);
    }

    void succeeded(@Nullable Object result) {
        for (TaskHooks<@Nullable Object, @Nullable Object> hooks : both) {
            TaskHooks.SuccessHook<@Nullable Object, @Nullable Object> hook = hooks.onSuccess();
            if (hook != null) {
                calmly("onSuccess", (payload, unused) -> hook.run(payload, result, context));
            }
        }
        if (!context.isCanceled()) {
            all("onComplete", TaskHooks::onComplete);
        }
    }

    void failed(Throwable error) {
        for (TaskHooks<@Nullable Object, @Nullable Object> hooks : both) {
            TaskHooks.FailureHook<@Nullable Object> hook = hooks.onFailure();
            if (hook != null) {
                calmly("onFailure", (payload, unused) -> hook.run(payload, error, context));
            }
        }
        all("onComplete", TaskHooks::onComplete);
    }

    void cancel() {
        all("onCancel", TaskHooks::onCancel);
    }

    void cleanup() {
        all("cleanup", TaskHooks::cleanup);
    }

    void beforeWait() {
        all("onWait", TaskHooks::onWait);
    }

    void afterWait() {
        all("onResume", TaskHooks::onResume);
    }

    private void before() throws Exception {
        run(TaskHooks::init);
        if (context.attempt().number() == 1) {
            run(TaskHooks::onStart);
        }
        run(TaskHooks::onStartAttempt);
    }

    private void run(Which which) throws Exception {
        for (TaskHooks<@Nullable Object, @Nullable Object> hooks : both) {
            TaskHooks.Hook<@Nullable Object> hook = which.apply(hooks);
            if (hook != null) {
                hook.run(input, context);
            }
        }
    }

    private void all(String name, Which which) {
        for (TaskHooks<@Nullable Object, @Nullable Object> hooks : both) {
            TaskHooks.Hook<@Nullable Object> hook = which.apply(hooks);
            if (hook != null) {
                calmly(name, hook);
            }
        }
    }

    /** Runs a hook whose failure must not change the attempt's result. */
    private void calmly(String name, TaskHooks.Hook<@Nullable Object> hook) {
        // The interrupt that stopped the body must not break the hook's own blocking calls.
        boolean interrupted = Thread.interrupted();
        try {
            hook.run(input, context);
        } catch (Throwable e) { // a hook that fails is a line in the log, never the run's result
            context.logger().error("The " + name + " hook failed", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Picks one hook of several. */
    @FunctionalInterface
    private interface Which {
        TaskHooks.@Nullable Hook<@Nullable Object> apply(TaskHooks<@Nullable Object, @Nullable Object> hooks);
    }

    /** What the body returned, if a middleware let it run. */
    private static final class Result {
        private boolean ran;
        private @Nullable Object value;

        void set(@Nullable Object returned) {
            ran = true;
            value = returned;
        }

        @Nullable
        Object get() {
            if (!ran) {
                throw new IllegalStateException(
                        "the middleware returned without calling next, so the task did not run");
            }
            return value;
        }
    }
}
