package dev.runyard.sdk.client;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the versions of an environment's tasks, and says which of them new runs get. Thread-safe. */
public final class Deployments {
    private static final String PATH = "/api/v1/deployments";

    private final ApiCall call;

    Deployments(ApiCall call) {
        this.call = call;
    }

    /** Reads all deployments, newest first, page by page as the stream is consumed. */
    public Stream<Deployment> stream() {
        return CursorPages.of(call, PATH).map(Deployments::deployment);
    }

    /** Reads the deployment that new runs get; empty where none was promoted. */
    public Optional<Deployment> current() {
        try {
            return Optional.of(deployment(call.get(PATH + "/current")));
        } catch (ApiException.NotFound e) {
            return Optional.empty();
        }
    }

    /**
     * Gives new runs a version that was deployed before. Runs that have begun stay on theirs.
     *
     * @param version its number, such as {@code 20261121.4}
     * @param isRollback whether it may be older than the version that new runs get now
     */
    public void promote(String version, boolean isRollback) {
        call.post(PATH + "/" + Runs.encode(version) + "/promote" + (isRollback ? "?allowRollbacks=true" : ""), null);
    }

    private static Deployment deployment(JsonNode node) {
        return new Deployment(
                RunJson.id(node),
                node.path("version").asString(""),
                node.path("shortCode").asString(""),
                node.path("status").asString(""),
                RunJson.requireInstant(node, "createdAt"),
                RunJson.instant(node, "deployedAt"));
    }

    /**
     * A deployment as it was when it was read.
     *
     * @param id the deployment, {@code deployment_…}
     * @param version number of its version
     * @param shortCode a short name of it
     * @param status {@code PENDING}, {@code BUILDING}, {@code DEPLOYING}, {@code DEPLOYED}, {@code FAILED},
     *     {@code CANCELED} or {@code TIMED_OUT}
     * @param createdAt when it was begun
     * @param deployedAt when it was finished
     */
    public record Deployment(
            String id,
            String version,
            String shortCode,
            String status,
            Instant createdAt,
            @Nullable Instant deployedAt) {}
}
