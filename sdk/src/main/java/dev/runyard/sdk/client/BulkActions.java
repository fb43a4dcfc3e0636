package dev.runyard.sdk.client;

import dev.runyard.sdk.internal.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Cancels or replays many runs at once. Thread-safe. */
public final class BulkActions {
    private static final String PATH = "/api/v1/bulk-actions";
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ApiCall call;
    private final Pacer pacer;
    private final LongSupplier nanoTime;

    BulkActions(ApiCall call, Pacer pacer, LongSupplier nanoTime) {
        this.call = call;
        this.pacer = pacer;
        this.nanoTime = nanoTime;
    }

    /**
     * Begins to cancel what a query finds, and returns the action's id. The page of the query does not matter.
     *
     * @param name what people see in the list of actions
     * @throws ApiException.BadRequest where the query has no filter: it would be about all runs
     */
    public String cancel(RunQuery query, String name) {
        return create("cancel", "filter", query.toFilter(), name);
    }

    /** Begins to cancel runs by their ids, 1 to 500, and returns the action's id. */
    public String cancel(List<String> runIds, String name) {
        return create("cancel", "runIds", runIds, name);
    }

    /** Begins to replay what a query finds, and returns the action's id; a few replays may go on at a time. */
    public String replay(RunQuery query, String name) {
        return create("replay", "filter", query.toFilter(), name);
    }

    /** Begins to replay runs by their ids, 1 to 500, and returns the action's id. */
    public String replay(List<String> runIds, String name) {
        return create("replay", "runIds", runIds, name);
    }

    private String create(String action, String what, Object which, String name) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("action", action);
        body.put(what, which);
        body.put("name", name);
        return RunJson.id(call.post(PATH, body));
    }

    /** Reads an action. */
    public BulkAction retrieve(String id) {
        return action(call.get(PATH + "/" + Runs.encode(id)));
    }

    /** Reads all actions, newest first, page by page as the stream is consumed. */
    public Stream<BulkAction> stream() {
        return CursorPages.of(call, PATH).map(BulkActions::action);
    }

    /** Ends an action before it is through; what it has done stays done. */
    public void abort(String id) {
        call.post(PATH + "/" + Runs.encode(id) + "/abort", null);
    }

    /**
     * Waits until an action ends, by looking at it once a second.
     *
     * @throws IllegalStateException where it has not ended in that time; it goes on
     */
    public BulkAction await(String id, Duration patience) {
        long begin = nanoTime.getAsLong();
        while (true) {
            BulkAction action = retrieve(id);
            if (action.status() != BulkStatus.PENDING) {
                return action;
            }
            if (nanoTime.getAsLong() - begin >= patience.toNanos()) {
                throw new IllegalStateException(
                        "bulk action " + id + " has not ended within " + patience.toSeconds() + " s");
            }
            pacer.pauseFor("bulk action " + id, LOOK);
        }
    }

    private static BulkAction action(JsonNode node) {
        JsonNode counts = node.path("counts");
        return new BulkAction(
                RunJson.id(node),
                RunJson.text(node, "name"),
                node.path("type").asString("").equals("REPLAY"),
                BulkStatus.parse(node.path("status").asString("")),
                counts.path("total").asInt(0),
                counts.path("success").asInt(0),
                counts.path("failure").asInt(0),
                RunJson.requireInstant(node, "createdAt"),
                RunJson.instant(node, "completedAt"));
    }

    /**
     * An action as it was when it was read.
     *
     * @param id the action, {@code bulk_…}
     * @param name what people see
     * @param isReplay whether it replays; it cancels otherwise
     * @param status where it stands
     * @param total runs that it was about so far
     * @param success runs that it canceled or replayed
     * @param failure runs that it could not
     * @param createdAt when it was begun
     * @param completedAt when it ended
     */
    public record BulkAction(
            String id,
            @Nullable String name,
            boolean isReplay,
            BulkStatus status,
            int total,
            int success,
            int failure,
            Instant createdAt,
            @Nullable Instant completedAt) {}

    /** Where an action stands. */
    public enum BulkStatus {
        /** It goes on. */
        PENDING,
        /** It went through. */
        COMPLETED,
        /** Somebody ended it. */
        ABORTED,
        /** A status that this version of the client does not know. */
        UNKNOWN;

        static BulkStatus parse(String text) {
            return Stream.of(values())
                    .filter(status -> status.name().equals(text))
                    .findFirst()
                    .orElse(UNKNOWN);
        }
    }
}
