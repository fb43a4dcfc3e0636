package dev.runyard.junit;

import dev.runyard.sdk.client.ClientConfig;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.worker.TaskSet;
import dev.runyard.worker.Worker;
import dev.runyard.worker.WorkerOptions;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Starts what [RunyardTest] promises.
final class RunyardExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final Map<Class<?>, Function<Running, @Nullable Object>> PARAMETERS = Map.of(
            Runyard.class, Running::client,
            EmbeddedRunyard.class, Running::server,
            Worker.class, Running::worker);

    private @Nullable Running running;

    private record Running(
            EmbeddedRunyard server,
            Runyard client,
            @Nullable Worker worker) {}

    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
        start(context);
    }

    /// An instance for all methods of a class is made before, and may ask for parameters.
    private synchronized Running start(ExtensionContext context) throws InterruptedException {
        Running started = running;
        if (started != null) {
            return started; // a nested class uses what the outer one has
        }
        RunyardTest wanted = context.getRequiredTestClass().getAnnotation(RunyardTest.class);
        EmbeddedRunyard server = EmbeddedRunyard.shared();
        ClientConfig config = ClientConfig.of(server.url(), server.secretKey());
        Worker worker = null;
        if (wanted != null && wanted.tasks().length > 0) {
            WorkerOptions options = WorkerOptions.of(config)
                    .withConcurrency(wanted.concurrency())
                    .withPollTimeout(POLL);
            worker = Worker.start(options, TaskSet.of(wanted.tasks()));
            worker.awaitRegistered(PATIENCE);
        }
        Running made = new Running(server, Runyard.connect(config), worker);
        running = made;
        return made;
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Running started = running;
        if (started == null || context.getRequiredTestClass().getEnclosingClass() != null) {
            return;
        }
        running = null;
        started.client().close();
        if (started.worker() != null) {
            started.worker().stop(GRACE);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Function<Running, @Nullable Object> getter =
                PARAMETERS.get(parameter.getParameter().getType());
        Object value = getter == null ? null : getter.apply(started(context));
        if (value == null) {
            throw new ExtensionConfigurationException(
                    "There is no worker, because @RunyardTest of this class names no tasks");
        }
        return value;
    }

    private Running started(ExtensionContext context) {
        try {
            return start(context);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExtensionConfigurationException("interrupted while the server started", e);
        }
    }
}
