package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.change.RunChanged;
import dev.runyard.engine.metadata.MetadataChange;
import dev.runyard.engine.metadata.MetadataOperation;
import dev.runyard.engine.metadata.MetadataOutcome;
import dev.runyard.engine.read.RunView;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.redis.TestRedis;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MetadataTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LIMIT = 262_144;

    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private TriggerCommandBuilder work() {
        return TriggerCommand.of(harness.environment, "work");
    }

    private MetadataOutcome update(RunId run, MetadataChange change) {
        return harness.engine.metadata().update(harness.environment, run, change);
    }

    private MetadataOutcome set(RunId run, String key, String value) {
        return update(run, MetadataChange.of(new MetadataOperation.Set(key, JSON.readTree(value))));
    }

    private static MetadataOperation increment(String key) {
        return new MetadataOperation.Increment(key, BigDecimal.ONE);
    }

    private RunView view(RunId run) {
        return harness.engine.queries().find(harness.environment, run).orElseThrow();
    }

    private String metadata(RunId run) {
        return String.valueOf(view(run).metadata());
    }

    @Test
    void changesTheMetadataOfARunThatExecutes() {
        RunId run = harness.trigger(work().metadata("{\"progress\":0}").build());
        harness.startNext();
        assertThat(set(run, "status", "\"running\""))
                .isEqualTo(new MetadataOutcome.Updated("{\"progress\":0,\"status\":\"running\"}", 1));
        ObjectNode document = JSON.createObjectNode().put("all", "new");
        assertThat(update(run, MetadataChange.of(new MetadataOperation.Update(document), increment("n"))))
                .isEqualTo(new MetadataOutcome.Updated("{\"all\":\"new\",\"n\":1}", 2));
        assertThat(metadata(run)).isEqualTo("{\"all\":\"new\",\"n\":1}");
        assertThat(update(run, MetadataChange.of()))
                .isEqualTo(new MetadataOutcome.Updated("{\"all\":\"new\",\"n\":1}", 2));
    }

    @Test
    void isReplayedWithWhatTheTriggerGave() {
        RunId run = harness.trigger(work().metadata("{\"seed\":1}").build());
        set(run, "seed", "2");
        set(run, "more", "3");
        RunId bare = harness.trigger("work");
        set(bare, "more", "3");
        harness.engine.replay(harness.environment, run, "api");
        harness.engine.replay(harness.environment, bare, "api");
        List<String> seeds = harness.sql()
                .sql("select coalesce(metadata, 'none') from run where replay_of is not null order by id")
                .query((row, _) -> row.getString(1))
                .list();
        assertThat(seeds).containsExactly("{\"seed\":1}", "none");
    }

    @Test
    void reachesParentAndRoot() {
        RunId root = harness.trigger("work");
        RunId parent = harness.trigger(work().parent(root).build());
        RunId child = harness.trigger(work().parent(parent).build());
        MetadataChange change = new MetadataChange(
                List.of(increment("self")), List.of(increment("children")), List.of(increment("tree")));
        update(child, change);
        update(parent, change);
        update(root, change);
        assertThat(metadata(child)).isEqualTo("{\"self\":1}");
        assertThat(metadata(parent)).isEqualTo("{\"children\":1,\"self\":1}");
        assertThat(metadata(root)).isEqualTo("{\"tree\":3,\"children\":2,\"self\":1}");
    }

    @Test
    void losesNoChangeOfManyAtOnce() throws Exception {
        RunId root = harness.trigger("work");
        List<RunId> children = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            children.add(harness.trigger(work().parent(root).build()));
        }
        MetadataChange change = new MetadataChange(
                List.of(increment("self")), List.of(increment("parent")), List.of(increment("root")));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 160; i++) {
                RunId run = i % 10 == 0 ? root : children.get(i % 8);
                all.add(threads.submit(() -> update(run, change)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(metadata(root)).contains("\"parent\":160", "\"root\":160", "\"self\":16");
    }

    @Test
    void appliesAllStepsOrNone() {
        RunId parent = harness.trigger(work().metadata("{\"n\":1}").build());
        RunId child = harness.trigger(work().parent(parent).build());
        MetadataChange broken = new MetadataChange(
                List.of(increment("a")),
                List.of(increment("n"), new MetadataOperation.Set("$.__proto__.x", JSON.readTree("1"))),
                List.of());
        assertThat(update(child, broken))
                .isEqualTo(new MetadataOutcome.Refused(
                        "Metadata key '$.__proto__.x' is not a name or a path such as $.counters.done."));
        assertThat(metadata(parent)).isEqualTo("{\"n\":1}");
        assertThat(view(child).metadata()).isNull();
    }

    @Test
    void takesDocumentsUpToTheLimitToTheByte() {
        RunId run = harness.trigger("work");
        String frame = "{\"t\":\"ü\"}";
        String text = "ü" + "x".repeat(LIMIT - frame.length() - 1);
        assertThat(set(run, "t", "\"" + text + "\"")).isInstanceOf(MetadataOutcome.Updated.class);
        assertThat(set(run, "t", "\"" + text + "x\""))
                .isEqualTo(new MetadataOutcome.TooLarge("Metadata exceeds maximum size of 262144 bytes"));
        assertThat(metadata(run)).isEqualTo("{\"t\":\"" + text + "\"}");
    }

    @Test
    void staysOpenForAnHourAfterTheEnd() {
        RunId run = harness.trigger("work");
        RunId child = harness.trigger(work().parent(run).build());
        harness.succeed(harness.startNext());
        harness.advance(Duration.ofHours(1));
        assertThat(set(run, "late", "1")).isInstanceOf(MetadataOutcome.Updated.class);
        harness.advance(Duration.ofMillis(1));
        assertThat(set(run, "later", "1")).isInstanceOf(MetadataOutcome.Closed.class);
        MetadataChange change = new MetadataChange(List.of(increment("own")), List.of(increment("up")), List.of());
        assertThat(update(child, change)).isInstanceOf(MetadataOutcome.Updated.class);
        assertThat(metadata(run)).isEqualTo("{\"late\":1}");
    }

    @Test
    void knowsNoRunsOfOthers() {
        RunId run = harness.trigger("work");
        assertThat(harness.engine
                        .metadata()
                        .update(new EnvironmentId(UUID.randomUUID()), run, MetadataChange.of(increment("n"))))
                .isInstanceOf(MetadataOutcome.Unknown.class);
        assertThat(set(new RunId(UUID.randomUUID()), "n", "1")).isInstanceOf(MetadataOutcome.Unknown.class);
    }

    @Test
    void tellsLivePagesAndMovesTheTimeOfTheLastChange() throws Exception {
        RunId run = harness.trigger("work");
        List<RunChanged> heard = new CopyOnWriteArrayList<>();
        try (AutoCloseable _ = harness.engine.onChange(heard::add)) {
            set(run, "n", "1");
            Instant first = view(run).updatedAt();
            set(run, "n", "2");
            assertThat(view(run).updatedAt()).isAfter(first);
        }
        assertThat(heard).hasSize(2).allMatch(change -> change.runId().equals(run));
        assertThat(harness.state(run).version()).isEqualTo(1);
    }
}
