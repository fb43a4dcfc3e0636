package dev.runyard.sdk.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoverTasksTest {
    private static final String GREETING = """
            package shop;
            import dev.runyard.sdk.*;
            public final class Greeting {
                public static final Task<String, String> GREET =
                    Task.define("greet").input(String.class).output(String.class).run((name, context) -> "Hello " + name);
                static final class Nested {
                    static final Task<String, String> BYE =
                        Task.define("bye").input(String.class).output(String.class).run((name, context) -> "Bye " + name);
                }
            }""";

    @TempDir
    Path folder;

    @Test
    void findsTasksInFoldersAndNestedClasses() throws IOException {
        DiscoveredTasks found = discover(compile(Map.of("Greeting", GREETING)));

        assertThat(found.tasks()).extracting(task -> task.task().id()).containsExactly("bye", "greet");
        assertThat(found.tasks())
                .extracting(DiscoveredTask::place)
                .containsExactly("shop.Greeting.Nested.BYE", "shop.Greeting.GREET");
        assertThat(found.tasks()).extracting(DiscoveredTask::filePath).containsOnly("shop/Greeting.java");
    }

    @Test
    void findsTasksInJars() throws IOException {
        Path jar = pack(compile(Map.of("Greeting", GREETING)));

        assertThat(discover(jar).find("greet")).isPresent();
    }

    @Test
    void findsATaskInTheClassThatTheCallerKnows() throws IOException {
        Path classes = compile(Map.of("Greeting", GREETING));

        assertThat(DiscoverTasks.inClass("shop.Greeting", "greet", loader(classes)))
                .isPresent();
        assertThat(DiscoverTasks.inClass("shop.Greeting", "other", loader(classes)))
                .isEmpty();
        assertThat(DiscoverTasks.inClass("shop.Missing", "greet", loader(classes)))
                .isEmpty();
    }

    @Test
    void doesNotLoadClassesWithoutTasks() throws IOException {
        DiscoveredTasks found = discover(compile(Map.of("Bomb", """
                package shop;
                import dev.runyard.sdk.*;
                public final class Bomb {
                    static final int FUSE = Integer.parseInt("boom");
                    static void use(Task<?, ?> task) { System.out.println(task.id()); }
                }""")));

        assertThat(found.failures()).isEmpty();
        assertThat(found.tasks()).isEmpty();
    }

    @Test
    void namesTheClassThatFailsToLoadAndTheCause() throws IOException {
        DiscoveredTasks found = discover(compile(Map.of("Greeting", GREETING, "Broken", """
                package shop;
                import dev.runyard.sdk.*;
                public final class Broken {
                    static final int PORT = Integer.parseInt("none");
                    public static final Task<?, ?> LISTEN = Task.define("listen").runWithoutOutput((n, context) -> {});
                }""")));

        assertThat(found.find("greet")).isPresent();
        assertThatExceptionOfType(TaskDiscoveryException.class)
                .isThrownBy(found::orThrow)
                .withMessage("class shop.Broken could not be loaded: "
                        + "java.lang.NumberFormatException: For input string: \"none\"");
    }

    @Test
    void namesBothPlacesOfAnIdThatIsTakenTwice() throws IOException {
        Path classes = compile(Map.of("Greeting", GREETING, "Other", """
                package shop;
                import dev.runyard.sdk.*;
                final class Other {
                    static final Task<?, ?> SAME = Task.define("greet").runWithoutOutput((n, context) -> {});
                }"""));

        assertThatExceptionOfType(TaskDiscoveryException.class)
                .isThrownBy(() -> discover(classes))
                .withMessageContaining("\"greet\"")
                .withMessageContaining("shop.Greeting.GREET")
                .withMessageContaining("shop.Other.SAME");
    }

    @Test
    void takesTheSameTaskInTwoFieldsAsOne() throws IOException {
        DiscoveredTasks found = discover(compile(Map.of("Greeting", GREETING, "Alias", """
                package shop;
                final class Alias {
                    static final dev.runyard.sdk.Task<String, String> GREET = Greeting.GREET;
                }""")));

        assertThat(found.tasks()).hasSize(2);
    }

    @Test
    void findsHiddenTasksAndWarnsOfFieldsThatChange() throws IOException {
        DiscoveredTasks found = discover(compile(Map.of("Hidden", """
                package shop;
                import dev.runyard.sdk.*;
                public final class Hidden {
                    private static final Task<?, ?> SECRET = Task.define("secret").runWithoutOutput((n, context) -> {});
                    static Task<?, ?> changing = Task.define("changing").runWithoutOutput((n, context) -> {});
                }""")));

        assertThat(found.tasks()).extracting(DiscoveredTask::place).containsExactly("shop.Hidden.SECRET");
        assertThat(found.warnings()).hasSize(1).first().asString().contains("shop.Hidden.changing");
    }

    private DiscoveredTasks discover(Path entry) throws IOException {
        return DiscoverTasks.in(List.of(entry), loader(entry));
    }

    private static URLClassLoader loader(Path entry) throws MalformedURLException {
        return new URLClassLoader(new URL[] {entry.toUri().toURL()}, DiscoverTasksTest.class.getClassLoader());
    }

    private Path compile(Map<String, String> sources) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Files.writeString(folder.resolve(source.getKey() + ".java"), source.getValue());
        }
        String[] arguments = Stream.concat(
                        Stream.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                        sources.keySet().stream()
                                .map(name -> folder.resolve(name + ".java").toString()))
                .toArray(String[]::new);
        assertThat(compiler.run(null, null, null, arguments)).isZero();
        return classes;
    }

    private Path pack(Path classes) throws IOException {
        Path jar = folder.resolve("tasks.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                out.write(Files.readAllBytes(path));
            }
        }
        return jar;
    }
}
