package dev.runyard.cli.dev;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.console.Console;
import dev.runyard.cli.process.Programs;
import dev.runyard.protocol.id.RunId;
import dev.runyard.runner.Runner;
import dev.runyard.sdk.Task;
import dev.runyard.worker.dev.DevProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/// The process that executes a session's runs. What it prints goes to the console.
final class DevWorker implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final int STOP_SECONDS = 15;
    private static final String DEAD = "failed the tasks' process ended";

    private final Process process;
    private final BufferedWriter commands;
    private final Console console;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private DevWorker(Process process, Console console) {
        this.process = process;
        this.console = console;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().name("runyard-dev-output").start(this::pump);
    }

    static DevWorker start(List<Path> dependencies, DevTarget target, DevOptions options, Console console) {
        List<String> command = new ArrayList<>(
                List.of(Programs.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dstdout.encoding=UTF-8"));
        if (options.debugPort() != null) {
            command.add(
                    "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + options.debugPort());
        }
        command.addAll(List.of("-cp", classPath(dependencies), DevProcess.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("RUNYARD_DEV_URL", target.url().toString());
        builder.environment().put("RUNYARD_DEV_KEY", target.key());
        builder.environment().put("RUNYARD_DEV_CONCURRENCY", String.valueOf(options.concurrency()));
        builder.environment()
                .put(
                        "RUNYARD_DEV_NAME",
                        "dev-" + System.getProperty("user.name") + "-"
                                + ProcessHandle.current().pid());
        try {
            return new DevWorker(builder.start(), console);
        } catch (IOException e) {
            throw new CommandFailure("the tasks' process could not be started: " + e.getMessage(), e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Lets it load a build; returns its answer: `ready VERSION TASKS`, or `failed` and why.
    String load(Path build) throws InterruptedException {
        answers.clear();
        try {
            commands.write("load " + build + "\n");
            commands.flush();
        } catch (IOException e) {
            return DEAD;
        }
        String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return answer == null ? "failed the tasks' process does not answer" : answer;
    }

    private void pump() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null) {
                if (!line.isEmpty() && line.charAt(0) == DevProcess.CONTROL) {
                    answers.add(line.substring(1));
                } else {
                    console.line(line);
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            // The process is gone, which is said below.
        }
        answers.add(DEAD);
    }

    /// Our own jars, then the project's: a project has the SDK among its own.
    private static String classPath(List<Path> dependencies) {
        Stream<Path> own = Stream.of(
                        DevProcess.class,
                        Runner.class,
                        Task.class,
                        RunId.class,
                        JsonMapper.class,
                        JsonParser.class,
                        JsonInclude.class,
                        Logger.class,
                        Nullable.class)
                .map(DevWorker::placeOf);
        return Stream.concat(own, dependencies.stream())
                .distinct()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Ends the process: its input ends, so that it lets its runs end for a moment.
    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            process.destroy();
        }
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
