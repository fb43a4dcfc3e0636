package dev.runyard.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that users of the SDK may name says what it is. Tags are left out where they would only repeat the name; a
 * record's constructor is described by its components.
 */
class PublicJavadocTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final String COMPACT_CONSTRUCTOR = "public \\w+ \\{";

    @TempDir
    Path classes;

    @Test
    void describesEveryPublicTypeAndMember() throws IOException {
        assertThat(undescribed(sources())).isEmpty();
    }

    @Test
    void noticesWhatIsNotDescribed() throws IOException {
        Path file = Files.createDirectories(classes.resolve("source")).resolve("Bare.java");
        Files.writeString(file, "public class Bare {\n    public int size;\n    private int hidden;\n}\n");

        assertThat(undescribed(List.of(file))).hasSize(3).anyMatch(place -> place.contains("public int size"));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private List<String> undescribed(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-Xmaxwarns",
                    "10000",
                    "-Xdoclint:missing/public",
                    "-Xdoclint/package:-dev.runyard.sdk.internal",
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(found.getDiagnostics().toString()).isTrue();
        }
        return found.getDiagnostics().stream()
                .filter(one -> one.getMessage(Locale.ROOT).matches("no comment|use of default constructor.*"))
                .map(PublicJavadocTest::placeOf)
                .filter(place -> !place.matches(".*: " + COMPACT_CONSTRUCTOR))
                .toList();
    }

    private static String placeOf(Diagnostic<? extends JavaFileObject> one) {
        Path file = Path.of(one.getSource().toUri());
        try {
            String line = Files.readAllLines(file).get((int) one.getLineNumber() - 1);
            return file.getFileName() + ":" + one.getLineNumber() + ": " + line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
