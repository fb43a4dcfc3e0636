package dev.runyard.runner;

import dev.runyard.runner.index.IndexTasks;
import dev.runyard.runner.index.IndexingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/**
 * Shows that an image works, before its version counts: its tasks load, and it reaches its supervisor. Executes no task.
 */
final class CheckImage {
    /** A supervisor sets it where a process is to do this instead of a run. */
    static final String VARIABLE = "RUNYARD_CHECK";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private CheckImage() {}

    /** Returns the exit code; 0 where all is well. What is wrong is printed. */
    static int run(Map<String, String> environment) throws InterruptedException {
        try {
            IndexTasks.ofClassPath().index(warning -> System.err.println("warning: " + warning));
        } catch (IndexingException e) {
            System.err.println(e.getMessage());
            return 1;
        }
        return reaches(health(environment)) ? 0 : 1;
    }

    private static URI health(Map<String, String> environment) {
        return URI.create(environment.getOrDefault("TRIGGER_SUPERVISOR_API_PROTOCOL", "http") + "://"
                + environment.getOrDefault("TRIGGER_SUPERVISOR_API_DOMAIN", "localhost") + ":"
                + environment.getOrDefault("TRIGGER_SUPERVISOR_API_PORT", "8020") + "/health");
    }

    private static boolean reaches(URI health) throws InterruptedException {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(health).timeout(TIMEOUT).build();
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status == OK) {
                return true;
            }
            System.err.println("The supervisor answers " + status + " to " + health);
        } catch (IOException e) {
            System.err.println("The supervisor cannot be reached at " + health + ": " + e);
        }
        return false;
    }
}
