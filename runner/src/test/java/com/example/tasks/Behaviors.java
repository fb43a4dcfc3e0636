package com.example.tasks;

import dev.runyard.sdk.AbortTaskRunException;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskSpan;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task per way in which a task may behave. */
public final class Behaviors {
    private static final Logger LOG = LoggerFactory.getLogger(Behaviors.class);

    private Behaviors() {}

    public record Name(String name) {}

    static final Task<Name, Map<String, Object>> TALK = Task.define("talk")
            .input(Name.class)
            .output(new dev.runyard.sdk.TypeReference<Map<String, Object>>() {})
            .run((name, context) -> {
                System.out.println("out: " + name.name());
                System.err.println("err: " + name.name());
                System.out.print("no line break");
                context.logger().info("logger: " + name.name(), Map.of("count", 3, "deep", Map.of("er", true)));
                LOG.warn("slf4j: {}", name.name());
                return Map.of(
                        "hello",
                        name.name(),
                        "variable",
                        context.variable("FROM_PROJECT").orElse("none"));
            });

    static final Task<?, Integer> SECOND_TIME = Task.define("second-time")
            .output(Integer.class)
            .retry(Retry.fixed(3, Duration.ofMillis(50)))
            .run((nothing, context) -> {
                if (context.attempt().number() < 2) {
                    throw new IllegalStateException("outer", new IllegalArgumentException("inner"));
                }
                return context.attempt().number();
            });

    /** Spans of both kinds, one in the other, with a trigger in the innermost. */
    static final Task<?, @Nullable Void> TRACES = Task.define("traces")
            .retry(Retry.none())
            .runWithoutOutput((nothing, context) -> {
                try (TaskSpan outer = context.span("outer")) {
                    outer.set("rows", 3).event("half", Map.of("of", "it"));
                    Span library = GlobalOpenTelemetry.getTracer("library")
                            .spanBuilder("library")
                            .setAttribute("db", "orders")
                            .startSpan();
                    try (Scope scope = library.makeCurrent()) {
                        context.span("inner", inner -> {
                            context.logger().info("in the inner span");
                            return context.trigger(TALK, new Name("child"));
                        });
                    } finally {
                        library.end();
                    }
                    context.waitFor(Duration.ofMillis(5));
                }
                context.span("fails", span -> {
                    throw new IllegalStateException("no luck");
                });
            });

    static final Task<?, Integer> ABORTS = Task.define("aborts")
            .output(Integer.class)
            .run((nothing, context) -> {
                throw new AbortTaskRunException("hopeless");
            });

    static final Task<?, @Nullable Void> SLEEPS = Task.define("sleeps")
            .onCancel((nothing, context) -> System.out.println("cancel hook"))
            .cleanup((nothing, context) -> System.out.println("cleanup hook"))
            .runWithoutOutput((nothing, context) -> {
                System.out.println("sleeping");
                new CountDownLatch(1).await();
            });

    static final Task<Integer, String> PAUSES = Task.define("pauses")
            .input(Integer.class)
            .output(String.class)
            .run((millis, context) -> {
                System.out.println("pausing");
                Thread.sleep(millis);
                return "rested";
            });

    static final Task<?, @Nullable Void> STUBBORN = Task.define("stubborn").runWithoutOutput((nothing, context) -> {
        System.out.println("spinning");
        long spins = 0;
        while (System.nanoTime() != 0) {
            spins++;
        }
        System.out.println(spins);
    });

    static final Task<?, @Nullable Void> EXITS = Task.define("exits").runWithoutOutput((nothing, context) -> {
        System.out.println("last words");
        System.exit(3);
    });

    static final Task<?, Integer> EATS_MEMORY = Task.define("eats-memory")
            .output(Integer.class)
            .run((n, context) -> {
                List<byte[]> kept = new ArrayList<>();
                while (kept.size() < Integer.MAX_VALUE) {
                    kept.add(new byte[1 << 20]);
                }
                return kept.size();
            });
}
