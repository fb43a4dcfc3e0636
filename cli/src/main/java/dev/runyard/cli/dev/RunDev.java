package dev.runyard.cli.dev;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.console.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A developer's session: builds, lets the tasks' process load the build, and does so again after each change.
final class RunDev {
    private static final String READY = "ready ";

    private final DevProject project;
    private final DevTarget target;
    private final DevOptions options;
    private final Console console;
    private final Path builds;
    private int number;
    private @Nullable DevWorker worker;

    RunDev(DevProject project, DevTarget target, DevOptions options, Console console) {
        this.project = project;
        this.target = target;
        this.options = options;
        this.console = console;
        try {
            this.builds = Files.createTempDirectory("runyard-dev");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Serves until the thread is interrupted or the process ends.
    void run() {
        Thread end = new Thread(this::close, "runyard-dev-stop");
        Runtime.getRuntime().addShutdownHook(end);
        boolean interrupted = false;
        try (WatchFolders watch = new WatchFolders(project.watched(), project.definitions())) {
            sayWhoElse();
            begin();
            console.part("trigger", target.example());
            while (true) {
                follow(watch.await());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            close();
            Runtime.getRuntime().removeShutdownHook(end);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void sayWhoElse() {
        if (!target.others().isEmpty()) {
            console.part(
                    "warning",
                    "%s serves this environment too, so that either gets some of the runs; use --token to have one of your own"
                            .formatted(String.join(", ", target.others())));
        }
    }

    private void follow(Set<Path> changed) throws InterruptedException {
        if (project.definitions().stream()
                .anyMatch(one -> changed.contains(one.toAbsolutePath().normalize()))) {
            begin();
        } else {
            reload("reloaded");
        }
    }

    /// Starts the tasks' process anew, because its class path may be another one.
    private void begin() throws InterruptedException {
        stopWorker();
        List<Path> dependencies;
        try {
            dependencies = project.prepare();
        } catch (CommandFailure e) {
            console.part("failed", String.valueOf(e.getMessage()));
            return;
        }
        worker = DevWorker.start(dependencies, target, options, console);
        if (options.debugPort() != null) {
            console.part("debugger", "may attach to port " + options.debugPort());
        }
        reload("ready");
    }

    private void reload(String what) throws InterruptedException {
        long begin = System.nanoTime();
        DevWorker running = worker;
        if (running == null || !running.isAlive()) {
            if (number > 0) {
                console.part("restarting", "the tasks' process ended");
                number = 0;
                begin();
            }
            return;
        }
        Path build = newFolder();
        switch (project.build(build)) {
            case Compiled.Failed(List<String> complaints) -> {
                complaints.forEach(console::line);
                console.part("failed", "the version before goes on");
            }
            case Compiled.Done() -> show(what, running.load(build), begin);
        }
    }

    private void show(String what, String answer, long begin) {
        long millis = (System.nanoTime() - begin) / 1_000_000;
        if (!answer.startsWith(READY)) {
            console.part("failed", answer.substring(answer.indexOf(' ') + 1).strip());
            return;
        }
        String[] words = answer.split(" ");
        String tasks = Console.count(Integer.parseInt(words[2]), "task");
        console.part(what, "version %s with %s in %d ms".formatted(words[1], tasks, millis));
    }

    private Path newFolder() {
        try {
            return Files.createDirectories(builds.resolve("build-" + ++number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stopWorker() {
        DevWorker running = worker;
        worker = null;
        if (running != null) {
            running.close();
        }
    }

    private synchronized void close() {
        stopWorker();
        try (Stream<Path> files = Files.walk(builds)) {
            files.sorted(Comparator.reverseOrder()).forEach(RunDev::delete);
        } catch (IOException e) {
            // Nothing is left, or the system's own cleaning takes it.
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
