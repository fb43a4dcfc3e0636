package dev.runyard.supervisor.drain;

import dev.runyard.supervisor.config.SupervisorProperties;
import dev.runyard.supervisor.pace.Pacer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an operator tells the supervisor of this machine: `drain`, `drain --wait` and `resume`.
///
/// It writes the marker that the supervisor follows, and asks it how far it is.
public final class DrainCommand {
    private static final String USAGE = """
            Usage: drain [--wait] | resume
              drain          take no new runs; those that are here go on to their end
              drain --wait   the same, and end when no run is left
              resume         take new runs again
            Settings are those of the supervisor, such as RUNYARD_SUPERVISOR_STATE_FOLDER and RUNYARD_SUPERVISOR_PORT.
            """;

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final SupervisorProperties settings;
    private final PrintStream out;
    private final PrintStream err;
    private final Pacer pacer;

    /// @param out where it tells what it did
    /// @param err where it tells what went wrong
    public DrainCommand(SupervisorProperties settings, PrintStream out, PrintStream err, Pacer pacer) {
        this.settings = settings;
        this.out = out;
        this.err = err;
        this.pacer = pacer;
    }

    /// Does what the words say.
    ///
    /// @return the exit code of the process
    public int run(List<String> words) throws InterruptedException {
        if (!List.of(List.of("drain"), List.of("drain", "--wait"), List.of("resume"))
                .contains(words)) {
            err.print("unknown: " + String.join(" ", words) + "\n" + USAGE);
            return MISUSED;
        }
        Path folder = settings.stateFolderOrDefault().toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            err.println("No supervisor has kept its state in " + folder
                    + ". Name its folder with RUNYARD_SUPERVISOR_STATE_FOLDER.");
            return FAILED;
        }
        DrainMarker marker = new DrainMarker(folder);
        try {
            return words.getFirst().equals("resume") ? resume(marker) : drain(marker, words.contains("--wait"));
        } catch (UncheckedIOException e) {
            err.println(e.getMessage() + ": " + e.getCause());
            return FAILED;
        }
    }

    private int resume(DrainMarker marker) {
        out.println(marker.clear() ? "The supervisor takes new runs again." : "The supervisor was not drained.");
        return DONE;
    }

    private int drain(DrainMarker marker, boolean isToWait) throws InterruptedException {
        out.println(
                marker.set() ? "The supervisor takes no new runs from now on." : "The supervisor is drained already.");
        Optional<Drain.Progress> progress = awaitState(Drain.State.BEGINNING);
        if (progress.isEmpty()) {
            err.println("It does not answer at " + address() + ". It will be drained when it starts.");
            return isToWait ? FAILED : DONE;
        }
        if (progress.get().state() == Drain.State.OFF) {
            marker.clear();
            err.println("The supervisor at " + address() + " does not follow. It has another state folder than "
                    + settings.stateFolderOrDefault()
                    + ", or another port was meant: set RUNYARD_SUPERVISOR_STATE_FOLDER"
                    + " and RUNYARD_SUPERVISOR_PORT as for the supervisor.");
            return FAILED;
        }
        if (isToWait) {
            return awaitEnd(progress.get());
        }
        // Whoever stops something else next wants to know that no more runs come.
        out.println(describe(awaitState(Drain.State.ON).orElse(progress.get())));
        return DONE;
    }

    private int awaitEnd(Drain.Progress first) throws InterruptedException {
        Drain.Progress last = first;
        out.println(describe(last));
        while (!last.isDone()) {
            pacer.pause(PERIOD);
            Optional<Drain.Progress> now = awaitState(Drain.State.OFF);
            if (now.isEmpty()) {
                err.println("The supervisor no longer answers at " + address() + ". It stays drained.");
                return FAILED;
            }
            if (now.get().state() == Drain.State.OFF) {
                err.println("The drain was ended by resume.");
                return FAILED;
            }
            if (!now.get().equals(last)) {
                out.println(describe(now.get()));
            }
            last = now.get();
        }
        return DONE;
    }

    private static String describe(Drain.Progress progress) {
        if (progress.isDone()) {
            return "No run is left: the supervisor can be stopped.";
        }
        String stored = progress.stored() == 0
                ? "."
                : ", and " + progress.stored() + " whose processes are stored here while they wait.";
        String begun = progress.state() == Drain.State.ON ? "" : " Its last call for work has not ended yet.";
        return "Runs left: " + progress.runs() + stored + begun;
    }

    /// Asks until the supervisor is that far, but not for ever; empty where it does not answer.
    private Optional<Drain.Progress> awaitState(Drain.State least) throws InterruptedException {
        Optional<Drain.Progress> progress = ask();
        for (Duration waited = Duration.ZERO;
                progress.filter(now -> now.state().compareTo(least) >= 0).isEmpty() && waited.compareTo(PATIENCE) < 0;
                waited = waited.plus(PERIOD)) {
            pacer.pause(PERIOD);
            progress = ask();
        }
        return progress;
    }

    private Optional<Drain.Progress> ask() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(address()).timeout(TIMEOUT).build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode drain = JsonMapper.shared().readTree(answer.body()).path("drain");
            if (!drain.isObject()) {
                return Optional.empty();
            }
            return Optional.of(new Drain.Progress(
                    Drain.State.valueOf(drain.path("state").asString().toUpperCase(Locale.ROOT)),
                    drain.path("runs").asInt(),
                    drain.path("stored").asInt()));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + settings.port() + "/health");
    }
}
