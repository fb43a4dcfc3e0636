package dev.runyard.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Something that a test needs and that not every machine has. Where it is missing the test is skipped with the reason,
/// unless a profile requires it (`-Pdocker`, `-Pbrowser`, `-Pclient`, `-Pgradle`): then the test fails.
public enum Requirement {
    /// A container engine that answers.
    DOCKER("docker", "No container engine answers `docker info`."),
    /// Debian's Chromium, or the one that RUNYARD_CHROMIUM names.
    BROWSER("browser", "No Chromium at /usr/bin/chromium; set RUNYARD_CHROMIUM to one."),
    /// Node.js and npm.
    CLIENT("client", "No `node` and `npm` on the PATH."),
    /// Gradle, of whatever version.
    GRADLE("gradle", "No `gradle` on the PATH.");

    private static final Logger LOG = LoggerFactory.getLogger(Requirement.class);

    private final String profile;
    private final String reason;

    Requirement(String profile, String reason) {
        this.profile = profile;
        this.reason = reason;
    }

    /// Skips or fails the calling test where the machine lacks this.
    public void check() {
        if (isMet()) {
            return;
        }
        if (Boolean.getBoolean("runyard.require." + profile)) {
            Assertions.fail(reason + " It is required by -P" + profile + ".");
        }
        String why = reason + " -P" + profile + " makes this a failure.";
        // Maven does not show why a whole class was skipped.
        LOG.warn("skipped: {}", why);
        Assumptions.abort(why);
    }

    /// Tells whether the machine has this.
    public boolean isMet() {
        return switch (this) {
            case DOCKER -> succeeds("docker", "info");
            case BROWSER -> Files.isExecutable(chromium());
            case CLIENT -> succeeds("node", "--version") && succeeds("npm", "--version");
            case GRADLE -> succeeds("gradle", "--version");
        };
    }

    /// Returns where Chromium is expected.
    public static Path chromium() {
        String given = System.getenv("RUNYARD_CHROMIUM");
        return Path.of(given == null ? "/usr/bin/chromium" : given);
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(20, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
