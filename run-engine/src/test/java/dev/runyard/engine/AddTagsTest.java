package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.metadata.TagsOutcome;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.redis.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddTagsTest {
    private EngineHarness harness;
    private RunId run;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"));
        run = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .tags(List.of("a", "b"))
                .build());
        harness.startNext();
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private TagsOutcome add(String... tags) {
        return harness.engine.metadata().addTags(harness.environment, run, List.of(tags));
    }

    private List<String> tags() {
        return harness.engine
                .queries()
                .find(harness.environment, run)
                .orElseThrow()
                .tags();
    }

    @Test
    void addsThoseThatTheRunDoesNotHave() {
        assertThat(add("b", "c", " ", "c", "B")).isEqualTo(new TagsOutcome.Added(2));
        assertThat(tags()).containsExactly("B", "a", "b", "c");
        assertThat(add("a", "")).isEqualTo(new TagsOutcome.Added(0));
    }

    @Test
    void takesTenTagsAndNamesThoseThatAreTooMany() {
        String[] eight = IntStream.range(0, 8).mapToObj(i -> "t" + i).toArray(String[]::new);
        assertThat(add(eight)).isEqualTo(new TagsOutcome.Added(8));
        assertThat(add("a", "x", "y"))
                .isEqualTo(
                        new TagsOutcome.Refused(
                                "Runs can only have 10 tags, you're trying to set 12. These tags have not been set: 'x', 'y'."));
        assertThat(tags()).hasSize(10);
    }

    @Test
    void takesTagsOf128Characters() {
        assertThat(add("x".repeat(128))).isEqualTo(new TagsOutcome.Added(1));
        assertThat(add("x".repeat(129)))
                .isEqualTo(new TagsOutcome.Refused("tags must have at most 128 characters each."));
    }

    @Test
    void neverExceedsTheLimitWhenManyAddAtOnce() throws Exception {
        int added = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TagsOutcome>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String tag = "t" + i;
                all.add(threads.submit(() -> add(tag)));
            }
            for (Future<TagsOutcome> one : all) {
                added += one.get() instanceof TagsOutcome.Added ? 1 : 0;
            }
        }
        assertThat(added).isEqualTo(8);
        assertThat(tags()).hasSize(10);
    }

    @Test
    void knowsNoRunsOfOthers() {
        assertThat(harness.engine.metadata().addTags(new EnvironmentId(UUID.randomUUID()), run, List.of("c")))
                .isInstanceOf(TagsOutcome.Unknown.class);
    }
}
