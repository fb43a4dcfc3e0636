package dev.runyard.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** Compiles task classes that must not be on every test's class path. */
final class TaskClasses {
    /** A class whose static initializer throws. */
    static final String BROKEN = """
            package shop;
            import dev.runyard.sdk.*;
            public final class Broken {
                static final int PORT = Integer.parseInt("none");
                public static final Task<?, ?> LISTEN = Task.define("listen").runWithoutOutput((n, context) -> {});
            }""";

    /** A class with everything that a manifest can say, that prints while it is loaded. */
    static final String FULL = """
            package shop;
            import dev.runyard.protocol.run.MachinePreset;
            import dev.runyard.sdk.*;
            import java.time.Duration;
            public final class Full {
                static { System.out.println("not JSON"); }
                public static final Task<String, String> FULL = Task.define("full")
                    .description("Has it all").input(String.class).output(String.class)
                    .retry(Retry.fixed(2, Duration.ofSeconds(3))).queue(TaskQueue.named("shared").withLimit(5))
                    .machine(MachinePreset.LARGE_1X).maxDuration(Duration.ofMinutes(1)).ttl(Duration.ofHours(1))
                    .schema(dev.runyard.sdk.schema.PayloadSchema.of("{\\"type\\": \\"string\\"}"))
                    .run((text, context) -> text);
                static final Task<?, ?> TICK = Task.scheduled("tick")
                    .cron(Cron.of("0 5 * * *").in("Asia/Tokyo").only("PRODUCTION"))
                    .runWithoutOutput((tick, context) -> {});
                private static final Task<?, ?> HIDDEN = Task.define("hidden").runWithoutOutput((n, context) -> {});
            }""";

    /** Two classes that claim one id. */
    static final String TWICE = """
            package shop;
            import dev.runyard.sdk.*;
            final class Twice {
                static final Task<?, ?> ONE = Task.define("same").runWithoutOutput((n, context) -> {});
                static final Task<?, ?> TWO = Task.define("same").runWithoutOutput((n, context) -> {});
            }""";

    private TaskClasses() {}

    static Path compile(Path folder, String source) throws IOException {
        Path file =
                Files.writeString(Files.createDirectories(folder.resolve("src")).resolve(name(source)), source);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        file.toString());
        assertThat(result).isZero();
        return classes;
    }

    private static String name(String source) {
        String after = source.substring(source.indexOf("class ") + "class ".length());
        return after.substring(0, after.indexOf(' ')) + ".java";
    }
}
