package dev.runyard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.waitpoint.BlockOutcome;
import dev.runyard.engine.waitpoint.CompleteOutcome;
import dev.runyard.engine.waitpoint.CreateOutcome;
import dev.runyard.engine.waitpoint.NewWaitpoint;
import dev.runyard.engine.waitpoint.Waitpoint;
import dev.runyard.engine.waitpoint.WaitpointFilter;
import dev.runyard.engine.waitpoint.WaitpointKind;
import dev.runyard.engine.waitpoint.WaitpointOutput;
import dev.runyard.engine.waitpoint.WaitpointPage;
import dev.runyard.engine.waitpoint.WaitsConfig;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaitpointTest {
    private static final WaitpointFilter.Page FIRST = new WaitpointFilter.Page(10, null, null);

    private EngineHarness harness;
    private WaitSteps steps;
    private EnvironmentId environment;

    @BeforeAll
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        steps = new WaitSteps(harness);
    }

    @BeforeEach
    void useAnotherEnvironment() {
        environment = harness.controlPlane.addEnvironment("PRODUCTION", 10);
    }

    @AfterAll
    void stop() {
        harness.close();
    }

    private Waitpoint find(WaitpointId id) {
        return harness.engine.waits().queries().find(environment, id).orElseThrow();
    }

    private WaitpointId token(NewWaitpoint.@Nullable Key key) {
        return steps.create(NewWaitpoint.token(environment, null, key, List.of()));
    }

    private CompleteOutcome complete(WaitpointId id, String text) {
        return harness.engine.waits().complete(environment, id, WaitpointOutput.success(text, "application/json"));
    }

    private NewWaitpoint.Key key(String text, Duration life) {
        return new NewWaitpoint.Key(text, harness.clock.instant().plus(life));
    }

    @Test
    @Shows({"WS-1", "WP-1"})
    void completesADateWhenItIsReached() {
        Instant at = harness.clock.instant().plusSeconds(30);
        WaitpointId id = steps.create(NewWaitpoint.datetime(environment, at, null));
        harness.advance(Duration.ofSeconds(29));
        assertThat(find(id).isCompleted()).isFalse();
        assertThat(find(id).dueAt()).isEqualTo(at);
        harness.advance(Duration.ofSeconds(1));
        assertThat(find(id).completedAt()).isEqualTo(at);
        assertThat(find(id).output()).isEqualTo(WaitpointOutput.NONE);
    }

    @Test
    void completesADateThatIsOverAtOnce() {
        assertThat(find(steps.create(NewWaitpoint.datetime(environment, harness.clock.instant(), null)))
                        .isCompleted())
                .isTrue();
    }

    @Test
    @Shows({"WS-2", "WP-6"})
    void timesATokenOutWithAnErrorThatClientsKnow() {
        Instant at = harness.clock.instant().plusSeconds(5);
        WaitpointId id = steps.create(NewWaitpoint.token(environment, at, null, List.of("user:1")));
        assertThat(find(id).kind()).isEqualTo(WaitpointKind.MANUAL);
        assertThat(find(id).dueAt()).isEqualTo(at);
        harness.advance(Duration.ofSeconds(5));
        assertThat(find(id).output())
                .isEqualTo(new WaitpointOutput(
                        "{\"code\":\"TRIGGER_WAITPOINT_TIMEOUT\",\"message\":\"Waitpoint timed out at " + at + "\"}",
                        "application/json",
                        true));
    }

    @Test
    @Shows("CG-3")
    void keepsTheFirstOutput() {
        WaitpointId id = steps.create(
                NewWaitpoint.token(environment, harness.clock.instant().plusSeconds(5), null, List.of()));
        assertThat(complete(id, "1")).isEqualTo(new CompleteOutcome.Completed(true));
        assertThat(complete(id, "2")).isEqualTo(new CompleteOutcome.Completed(false));
        harness.advance(Duration.ofSeconds(5));
        assertThat(find(id).output()).isEqualTo(WaitpointOutput.success("1", "application/json"));
    }

    @Test
    @Shows("PW-1")
    void isFoundAndCompletedOnlyInItsEnvironment() {
        WaitSteps.Waiting waiting = waitingRun();
        EnvironmentId other = environment;
        assertThat(harness.engine.waits().queries().find(harness.environment, waiting.token()))
                .isPresent();
        assertThat(harness.engine.waits().queries().blockedRuns(harness.environment, waiting.token(), 10))
                .containsExactly(waiting.run().runId());
        assertThat(harness.engine.waits().queries().find(other, waiting.token()))
                .isEmpty();
        assertThat(harness.engine.waits().queries().blockedRuns(other, waiting.token(), 10))
                .isEmpty();
        assertThat(complete(waiting.token(), "1")).isInstanceOf(CompleteOutcome.Unknown.class);
        assertThat(steps.tryBlock(waiting.run().runId(), token(null)))
                .isInstanceOf(BlockOutcome.UnknownWaitpoints.class);
        steps.complete(waiting.token(), "1");
        assertThat(harness.engine.waits().queries().blockedRuns(harness.environment, waiting.token(), 10))
                .isEmpty();
    }

    private WaitSteps.Waiting waitingRun() {
        harness.controlPlane.deploy(harness.environment, InMemoryControlPlane.task("work"));
        return steps.waiting("work");
    }

    @Test
    void completesOnlyTokensForCallers() {
        WaitpointId date = steps.create(
                NewWaitpoint.datetime(environment, harness.clock.instant().plusSeconds(5), null));
        assertThat(complete(date, "1")).isInstanceOf(CompleteOutcome.Unknown.class);
    }

    @Test
    @Shows({"WP-7", "WP-8", "WS-6", "DC-3", "DC-4"})
    void findsTheSameWaitpointByItsKey() {
        NewWaitpoint.Key key = key("order-1", Duration.ofHours(1));
        NewWaitpoint token = NewWaitpoint.token(environment, null, key, List.of());
        CreateOutcome.Created first =
                (CreateOutcome.Created) harness.engine.waits().create(token);
        CreateOutcome.Created second =
                (CreateOutcome.Created) harness.engine.waits().create(token);
        assertThat(first.isCached()).isFalse();
        assertThat(second.isCached()).isTrue();
        assertThat(second.waitpoint()).isEqualTo(first.waitpoint());
        assertThat(first.waitpoint().idempotencyKey()).isEqualTo("order-1");
        complete(first.waitpoint().id(), "1");
        assertThat(find(token(key)).output()).isEqualTo(WaitpointOutput.success("1", "application/json"));
        WaitpointId date = steps.create(
                NewWaitpoint.datetime(environment, harness.clock.instant().plusSeconds(60), key));
        assertThat(steps.create(NewWaitpoint.datetime(
                        environment, harness.clock.instant().plusSeconds(90), key)))
                .isEqualTo(date)
                .isNotEqualTo(first.waitpoint().id());
    }

    @Test
    @Shows("WS-7")
    void makesANewWaitpointWhenTheKeyExpired() {
        WaitpointId first = token(key("order-2", Duration.ofSeconds(10)));
        harness.advance(Duration.ofSeconds(9));
        assertThat(token(key("order-2", Duration.ofSeconds(10)))).isEqualTo(first);
        harness.clock.advance(Duration.ofSeconds(1));
        WaitpointId second = token(key("order-2", Duration.ofSeconds(10)));
        assertThat(second).isNotEqualTo(first);
        assertThat(find(first).isCompleted()).isFalse();
        assertThat(token(key("order-2", Duration.ofSeconds(10)))).isEqualTo(second);
    }

    @Test
    void keepsAKeyWithoutAnEndForEver() {
        WaitpointId first = token(new NewWaitpoint.Key("order-3", null));
        harness.advance(Duration.ofDays(20));
        assertThat(token(new NewWaitpoint.Key("order-3", null))).isEqualTo(first);
    }

    @Test
    void makesAnotherWaitpointWhenTheOneOfTheKeyIsGone() {
        NewWaitpoint.Key key = new NewWaitpoint.Key("order-4", null);
        WaitpointId first = token(key);
        harness.sql()
                .sql("delete from waitpoint where id = ?")
                .param(first.value())
                .update();
        assertThat(token(key)).isNotEqualTo(first).isEqualTo(token(key));
    }

    @Test
    @Shows("WS-8")
    void makesOneWaitpointForConcurrentCallersWithOneKey() {
        NewWaitpoint.Key key = key("order-5", Duration.ofHours(1));
        List<CompletableFuture<WaitpointId>> calls = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> token(key)))
                .limit(8)
                .toList();
        assertThat(calls.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    @Test
    void holdsItsLimitsAtTheirEdges() {
        WaitsConfig limits = WaitsConfig.DEFAULT;
        assertThat(tryToken(Collections.nCopies(limits.maxTags(), "t"), "k")).isInstanceOf(CreateOutcome.Created.class);
        assertThat(tryToken(Collections.nCopies(limits.maxTags() + 1, "t"), "k"))
                .isEqualTo(new CreateOutcome.Refused("Waitpoints can only have 10 tags, you're trying to set 11."));
        assertThat(tryToken(List.of("t".repeat(limits.maxTagLength())), "k")).isInstanceOf(CreateOutcome.Created.class);
        assertThat(tryToken(List.of("t".repeat(limits.maxTagLength() + 1)), "k"))
                .isInstanceOf(CreateOutcome.Refused.class);
        assertThat(tryToken(List.of(), "k".repeat(limits.maxKeyLength()))).isInstanceOf(CreateOutcome.Created.class);
        assertThat(tryToken(List.of(), "k".repeat(limits.maxKeyLength() + 1)))
                .isInstanceOf(CreateOutcome.Refused.class);
        WaitpointId id = token(null);
        assertThat(complete(id, "ä".repeat(limits.maxOutputBytes() / 2) + "x"))
                .isEqualTo(new CompleteOutcome.TooLarge(limits.maxOutputBytes()));
        assertThat(complete(id, "ä".repeat(limits.maxOutputBytes() / 2)))
                .isEqualTo(new CompleteOutcome.Completed(true));
    }

    private CreateOutcome tryToken(List<String> tags, String key) {
        return harness.engine
                .waits()
                .create(NewWaitpoint.token(environment, null, new NewWaitpoint.Key(key, null), tags));
    }

    @Test
    void listsTokensByStateKeyTagAndTime() {
        Instant begin = harness.clock.instant();
        WaitpointId waiting = steps.create(NewWaitpoint.token(environment, null, null, List.of("a", "b")));
        WaitpointId done = token(new NewWaitpoint.Key("done", null));
        complete(done, "1");
        WaitpointId late = steps.create(NewWaitpoint.token(environment, begin.plusSeconds(1), null, List.of("b")));
        harness.advance(Duration.ofSeconds(1));
        assertThat(list(Set.of(), Set.of())).containsExactly(late, done, waiting);
        assertThat(list(Set.of(WaitpointFilter.State.WAITING), Set.of())).containsExactly(waiting);
        assertThat(list(Set.of(WaitpointFilter.State.COMPLETED, WaitpointFilter.State.TIMED_OUT), Set.of()))
                .containsExactly(late, done);
        assertThat(list(Set.of(), Set.of("a", "c"))).containsExactly(waiting);
        assertThat(ids(new WaitpointFilter(environment, Set.of(), "done", Set.of(), null, null)))
                .containsExactly(done);
        assertThat(ids(new WaitpointFilter(environment, Set.of(), null, Set.of(), begin.plusSeconds(1), null)))
                .isEmpty();
        assertThat(ids(new WaitpointFilter(environment, Set.of(), null, Set.of(), begin, begin.plusSeconds(1))))
                .hasSize(3);
    }

    private List<WaitpointId> list(Set<WaitpointFilter.State> states, Set<String> tags) {
        return ids(new WaitpointFilter(environment, states, null, tags, null, null));
    }

    private List<WaitpointId> ids(WaitpointFilter filter) {
        return ids(harness.engine.waits().queries().list(filter, FIRST));
    }

    private static List<WaitpointId> ids(WaitpointPage page) {
        return page.waitpoints().stream().map(Waitpoint::id).toList();
    }

    @Test
    void pagesThroughTokensInBothDirections() {
        List<WaitpointId> all =
                Stream.generate(() -> token(null)).limit(5).toList().reversed();
        WaitpointFilter filter = WaitpointFilter.all(environment);
        WaitpointPage first = harness.engine.waits().queries().list(filter, new WaitpointFilter.Page(2, null, null));
        assertThat(ids(first)).isEqualTo(all.subList(0, 2));
        assertThat(first.previous()).isNull();
        WaitpointPage second =
                harness.engine.waits().queries().list(filter, new WaitpointFilter.Page(2, first.next(), null));
        assertThat(ids(second)).isEqualTo(all.subList(2, 4));
        WaitpointPage last =
                harness.engine.waits().queries().list(filter, new WaitpointFilter.Page(2, second.next(), null));
        assertThat(ids(last)).isEqualTo(all.subList(4, 5));
        assertThat(last.next()).isNull();
        WaitpointPage back =
                harness.engine.waits().queries().list(filter, new WaitpointFilter.Page(2, null, last.previous()));
        assertThat(ids(back)).isEqualTo(all.subList(2, 4));
        assertThat(back.previous()).isEqualTo(all.get(2));
    }
}
