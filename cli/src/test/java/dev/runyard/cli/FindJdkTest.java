package dev.runyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shell scripts' search for a JDK 25, run by a real shell over folders that look like JDKs.
class FindJdkTest {
    private static final Path SCRIPT =
            Path.of("../.mvn/jdk25.sh").toAbsolutePath().normalize();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void takesJavaHomeWhereItIsAJdk25() throws Exception {
        Path jdk = jdk("given", "25.0.1");
        assertThat(find(jdk)).isEqualTo(jdk.toString());
    }

    @Test
    void passesOverAJavaHomeOfAnotherVersion() throws Exception {
        Path old = jdk("old", "17.0.15");
        Path jdk = jdk("home/.jdks/temurin-25.0.1", "25.0.1");
        String found = find(old);
        assertThat(found).isNotEqualTo(old.toString());
        // The machine's own JDKs come before those of the home folder.
        assertThat(found.equals(jdk.toString()) || found.startsWith("/")).isTrue();
    }

    private Path jdk(String name, String version) throws IOException {
        Path javac = folder.resolve(name).resolve("bin/javac");
        Files.createDirectories(javac.getParent());
        Files.writeString(javac, "#!/bin/sh\necho javac " + version + "\n");
        Files.setPosixFilePermissions(javac, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder.resolve(name);
    }

    private String find(Path javaHome) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", ". \"$0\"; find_jdk25", SCRIPT.toString());
        shell.environment().put("JAVA_HOME", javaHome.toString());
        shell.environment().put("HOME", folder.resolve("home").toString());
        shell.environment().remove("JAVA_HOME_25");
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }
}
