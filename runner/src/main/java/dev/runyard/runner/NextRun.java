package dev.runyard.runner;

import dev.runyard.protocol.worker.DequeuedMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks the supervisor for another run of the same version. Whatever goes wrong, the process then ends as it would have. */
final class NextRun {
    /** The supervisor says by its answer when there is none; this only bounds a call whose answer is lost. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final int OK = 200;

    private final HttpClient http;
    private final JsonMapper mapper;

    /**
     * @param http makes the connection
     * @param mapper reads the answer
     */
    NextRun(HttpClient http, JsonMapper mapper) {
        this.http = http;
        this.mapper = mapper;
    }

    /**
     * Waits for a run.
     *
     * @param ended settings of the run that has ended
     * @param stopping tells that the process takes none any more
     */
    Optional<RunnerSettings> await(RunnerSettings ended, BooleanSupplier stopping) throws InterruptedException {
        Optional<URI> service = ended.warmStart();
        if (service.isEmpty() || stopping.getAsBoolean()) {
            return Optional.empty();
        }
        try {
            HttpResponse<String> response = http.send(request(service.get(), ended), BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                return Optional.empty();
            }
            DequeuedMessage message = mapper.readValue(response.body(), DequeuedMessage.class);
            return Optional.of(
                    ended.with(message.run().friendlyId(), message.snapshot().friendlyId()));
        } catch (IOException | JacksonException e) {
            System.err.println("runyard: no other run was got: " + e);
            return Optional.empty();
        }
    }

    private static HttpRequest request(URI service, RunnerSettings ended) {
        return HttpRequest.newBuilder(URI.create(service + "/warm-start"))
                .timeout(LONGEST)
                .header("x-trigger-workload-deployment-id", ended.deployment())
                .header("x-trigger-workload-runner-id", ended.runner())
                .GET()
                .build();
    }
}
