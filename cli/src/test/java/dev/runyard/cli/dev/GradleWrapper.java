package dev.runyard.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A `gradlew` that runs the machine's Gradle without the network.
///
/// Debian's is of 2017. It lacks two things that every project uses today, and cannot run on a current JDK; the wrapper
/// makes up for that, and leaves a newer one alone.
final class GradleWrapper {
    private GradleWrapper() {}

    /// Writes it and returns its path.
    ///
    /// @param repository the local repository of Maven that has what the project needs
    static String in(Path project, Path repository) throws IOException {
        Path script = repository.resolveSibling("old.gradle");
        Files.writeString(script, """
                import org.gradle.api.tasks.compile.CompileOptions
                import org.gradle.api.tasks.testing.Test
                if (gradle.gradleVersion.startsWith('4.')) {
                    CompileOptions.metaClass.setRelease = { int release ->
                        delegate.compilerArgs += ['--release', release.toString()]
                        delegate.fork = true
                        delegate.forkOptions.javaHome = new File('%s')
                    }
                    Test.metaClass.useJUnitPlatform = { -> }
                }
                """.formatted(System.getProperty("java.home")));
        Path wrapper = project.resolve("gradlew");
        Files.writeString(wrapper, """
                #!/bin/sh
                unset JAVA_HOME
                exec gradle --offline --no-daemon -Dmaven.repo.local='%s' --init-script '%s' "$@"
                """.formatted(repository.toAbsolutePath(), script.toAbsolutePath()));
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        return wrapper.toString();
    }
}
