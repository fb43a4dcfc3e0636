package dev.runyard.sdk.client;

import dev.runyard.sdk.Triggerable;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads and steers queues. Thread-safe. */
public final class Queues {
    private static final String PATH = "/api/v1/queues";

    private final ApiCall call;

    Queues(ApiCall call) {
        this.call = call;
    }

    /** Reads a queue. */
    public Queue retrieve(QueueName name) {
        return queue(call.get(path(name) + "?type=" + name.type()));
    }

    /** Reads all queues, page by page as the stream is consumed. */
    public Stream<Queue> stream() {
        return OffsetPages.of(call, PATH).map(Queues::queue);
    }

    /** Lets no further run of a queue start. */
    public Queue pause(QueueName name) {
        return queue(call.post(path(name) + "/pause", Map.of("type", name.type(), "action", "pause")));
    }

    /** Lets runs of a queue start again. */
    public Queue resume(QueueName name) {
        return queue(call.post(path(name) + "/pause", Map.of("type", name.type(), "action", "resume")));
    }

    /** Limits a queue until {@link #resetConcurrency}, whatever later deployments say. */
    public Queue overrideConcurrency(QueueName name, int limit) {
        return queue(call.post(
                path(name) + "/concurrency/override", Map.of("type", name.type(), "concurrencyLimit", limit)));
    }

    /**
     * Limits a queue to a share of the environment's limit until {@link #resetConcurrency}.
     *
     * @param percent above 0 and at most 100
     */
    public Queue overrideConcurrencyByPercent(QueueName name, double percent) {
        return queue(call.post(path(name) + "/concurrency/override", Map.of("type", name.type(), "percent", percent)));
    }

    /** Limits a queue as its tasks say. */
    public Queue resetConcurrency(QueueName name) {
        return queue(call.post(path(name) + "/concurrency/reset", Map.of("type", name.type())));
    }

    /** A slash is encoded twice, as the server expects it. */
    private static String path(QueueName name) {
        return PATH + "/" + Runs.encode(name.name().replace("/", "%2F"));
    }

    private static Queue queue(JsonNode node) {
        JsonNode limit = node.path("concurrencyLimit");
        return new Queue(
                RunJson.id(node),
                new QueueName(
                        node.path("name").asString(""),
                        node.path("type").asString("").toLowerCase(Locale.ROOT)),
                node.path("running").asLong(0),
                node.path("queued").asLong(0),
                node.path("paused").asBoolean(false),
                limit.isNumber() ? limit.asInt() : null);
    }

    /**
     * How a queue is called.
     *
     * @param name its name, or its id
     * @param type {@code task}, {@code custom} or {@code id}
     */
    public record QueueName(String name, String type) {

        /** The own queue of a task. */
        public static QueueName of(Triggerable<?, ?> task) {
            return new QueueName(task.id(), "task");
        }

        /** A shared queue. */
        public static QueueName shared(String name) {
            return new QueueName(name, "custom");
        }

        /** A queue by its id, {@code queue_…}. */
        public static QueueName id(String id) {
            return new QueueName(id, "id");
        }
    }

    /**
     * A queue as it was when it was read.
     *
     * @param id the queue, {@code queue_…}
     * @param name its name
     * @param running runs that execute
     * @param queued runs that wait
     * @param paused whether no further run starts
     * @param concurrencyLimit most runs at once
     */
    public record Queue(
            String id,
            QueueName name,
            long running,
            long queued,
            boolean paused,
            @Nullable Integer concurrencyLimit) {}
}
