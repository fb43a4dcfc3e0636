package dev.runyard.supervisor.platform;

import dev.runyard.supervisor.config.Secret;
import dev.runyard.supervisor.pace.Pacer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The token of the worker group, given as such or as the address of a file, which may appear only after the
/// webapp's first start and may change when the token is rotated.
public final class WorkerToken {
    private static final Logger log = LoggerFactory.getLogger(WorkerToken.class);
    private static final String FILE = "file:";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final @Nullable Path file;
    private volatile String current;

    private WorkerToken(@Nullable Path file, String current) {
        this.file = file;
        this.current = current;
    }

    /// Reads the token, waiting for its file where it is missing.
    ///
    /// @throws IllegalStateException where there is none in time
    public static WorkerToken await(@Nullable Secret setting, Duration timeout, InstantSource clock, Pacer pacer) {
        if (setting == null || setting.value().isBlank()) {
            throw new IllegalStateException(
                    "runyard.supervisor.worker-token (or TRIGGER_WORKER_TOKEN) is not set: give the worker group's token,"
                            + " or file:///path of a file that holds it");
        }
        if (!setting.value().startsWith(FILE)) {
            return new WorkerToken(null, setting.value().strip());
        }
        Path file = Path.of(URI.create(setting.value()).getPath());
        return new WorkerToken(file, awaitFile(file, clock.instant().plus(timeout), clock, pacer));
    }

    /// Returns the token.
    public String value() {
        return current;
    }

    /// Reads the file again after the webapp refused the token.
    public void reload() {
        if (file == null) {
            return;
        }
        String fresh = read(file);
        if (!fresh.isEmpty() && !fresh.equals(current)) {
            log.info("the worker token in {} has changed", file);
            current = fresh;
        }
    }

    private static String awaitFile(Path file, Instant deadline, InstantSource clock, Pacer pacer) {
        boolean said = false;
        while (true) {
            String token = read(file);
            if (!token.isEmpty()) {
                return token;
            }
            if (!clock.instant().isBefore(deadline)) {
                throw new IllegalStateException("the worker token's file " + file + " has not appeared");
            }
            if (!said) {
                log.info("waiting for the worker token's file {}", file);
                said = true;
            }
            try {
                pacer.pause(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + file, e);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the worker token's file " + file, e);
        }
    }
}
