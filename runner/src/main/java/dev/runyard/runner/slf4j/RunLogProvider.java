package dev.runyard.runner.slf4j;

import dev.runyard.sdk.TaskLogger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Makes loggers that write to the run's log. SLF4J creates it by its name, so where the lines go is set beside it.
 *
 * <p>Lines below INFO are left out; {@code RUNYARD_LOG_LEVEL} names another level.
 */
public final class RunLogProvider implements SLF4JServiceProvider {
    private static final String SERVICE = "META-INF/services/" + SLF4JServiceProvider.class.getName();
    private static final String REQUESTED_API = "2.0.99";
    private static volatile @Nullable TaskLogger target;

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter mdc = new BasicMDCAdapter();
    private Level threshold = Level.INFO;

    /** SLF4J makes it. */
    public RunLogProvider() {}

    /** Takes the place of a logging library, unless the bundle has one. Call it before any logger is made. */
    public static void install(TaskLogger logger) {
        target = logger;
        boolean bundled = RunLogProvider.class.getClassLoader().getResource(SERVICE) != null;
        if (!bundled && System.getProperty("slf4j.provider") == null) {
            System.setProperty("slf4j.provider", RunLogProvider.class.getName());
            System.setProperty("slf4j.internal.verbosity", "WARN");
        }
    }

    @Override
    public void initialize() {
        String wanted = System.getenv("RUNYARD_LOG_LEVEL");
        for (Level level : Level.values()) {
            if (level.name().equalsIgnoreCase(wanted)) {
                threshold = level;
            }
        }
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, made -> new RunLogLogger(made, threshold, () -> target));
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return REQUESTED_API;
    }
}
