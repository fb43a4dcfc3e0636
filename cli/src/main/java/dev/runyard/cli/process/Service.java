package dev.runyard.cli.process;

import dev.runyard.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A running process that a command started.
public final class Service {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
    private static final long LOG_LIMIT_BYTES = 10_000_000;

    private final ServiceSpec spec;
    private final Process process;

    private Service(ServiceSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
    }

    static Service start(ServiceSpec spec) {
        try {
            turn(spec.log());
            ProcessBuilder builder = new ProcessBuilder(detached(spec.command()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
            builder.environment().keySet().removeAll(spec.without());
            builder.environment().putAll(spec.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            return new Service(spec, process);
        } catch (IOException e) {
            throw new CommandFailure("The " + spec.name() + " could not be started: " + e.getMessage(), e);
        }
    }

    /// In a session of its own, so that Ctrl-C reaches only this command, which then stops everything in order.
    private static List<String> detached(List<String> command) {
        if (Programs.find("setsid").isEmpty()) {
            return command;
        }
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        return detached;
    }

    private static void turn(Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    public String name() {
        return spec.name();
    }

    public Path log() {
        return spec.log();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    CompletableFuture<Service> onExit() {
        return process.onExit().thenApply(_ -> this);
    }

    /// Says how the process ended and where to read why.
    public String obituary() {
        return "The " + name() + " ended unexpectedly with exit code " + process.exitValue() + ". Its log is " + log()
                + LogTail.ending(log());
    }

    void stop() {
        if (!process.isAlive()) {
            return;
        }
        try {
            askToStop();
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void askToStop() throws IOException, InterruptedException {
        if (spec.stopCommand().isEmpty()) {
            process.destroy();
            return;
        }
        new ProcessBuilder(detached(spec.stopCommand()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()))
                .start()
                .waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
