package dev.runyard.cli.dev;

import dev.runyard.cli.CommandFailure;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Compiles all sources of a project in this process, whose compiler is warm after the first time.
///
/// All of them, because a class may depend on a change in another one; a project of tasks is small.
final class CompileSources {
    private final List<Path> classPath;
    private final @Nullable Integer release;

    CompileSources(List<Path> classPath) {
        this(classPath, null);
    }

    /// @param release version of Java that the classes are for, absent for that of the compiler
    CompileSources(List<Path> classPath, @Nullable Integer release) {
        this.classPath = classPath;
        this.release = release;
    }

    Compiled compile(List<Path> folders, Path target) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new CommandFailure("This Java has no compiler. Run `runyard` with a JDK.");
        }
        List<Path> sources = folders.stream().flatMap(CompileSources::sources).toList();
        if (sources.isEmpty()) {
            return new Compiled.Failed(List.of("There are no Java files in " + folders));
        }
        DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(complaints, Locale.ROOT, StandardCharsets.UTF_8)) {
            boolean succeeded = compiler.getTask(
                            null, files, complaints, options(target), null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            return succeeded ? new Compiled.Done() : new Compiled.Failed(sentences(complaints));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> options(Path target) {
        List<String> options = new ArrayList<>(List.of(
                "-d",
                target.toString(),
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "-parameters",
                "-g",
                "-proc:none",
                "-nowarn"));
        if (release != null) {
            options.addAll(List.of("--release", release.toString()));
        }
        return options;
    }

    private static List<String> sentences(DiagnosticCollector<JavaFileObject> complaints) {
        return complaints.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one ->
                        "%s:%d: %s".formatted(name(one.getSource()), one.getLineNumber(), one.getMessage(Locale.ROOT)))
                .toList();
    }

    private static String name(@Nullable JavaFileObject source) {
        return source == null
                ? "sources"
                : Objects.toString(Path.of(source.getName()).getFileName());
    }

    private static Stream<Path> sources(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
