package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.engine.bulk.AbortOutcome;
import dev.runyard.engine.bulk.BulkAction;
import dev.runyard.engine.bulk.BulkCommand;
import dev.runyard.engine.bulk.BulkConfig;
import dev.runyard.engine.bulk.BulkFailure;
import dev.runyard.engine.bulk.BulkKind;
import dev.runyard.engine.bulk.BulkOutcome;
import dev.runyard.engine.bulk.BulkPage;
import dev.runyard.engine.bulk.BulkStatus;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.read.RunFilter;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.BulkActionId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkActionTest {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final BulkConfig SMALL = new BulkConfig(3, PAUSE, Duration.ofSeconds(60), 5, 10, 2);

    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.configured(
                TestRedis.shared().uri(), defaults -> Components.replace(defaults, "bulk", SMALL));
        harness.controlPlane.deploy(harness.environment, task("work"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private List<RunId> trigger(int n) {
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            runs.add(harness.trigger(TriggerCommand.of(harness.environment, "work")
                    .tags(List.of("many"))
                    .build()));
        }
        return runs;
    }

    private RunFilter tagged() {
        return Components.replace(RunFilter.all(harness.environment), "tags", Set.of("many"));
    }

    private RunFilter queued() {
        return Components.replace(RunFilter.all(harness.environment), "statuses", Set.of(RunStatus.PENDING));
    }

    private BulkActionId create(BulkCommand command) {
        return ((BulkOutcome.Created) harness.engine.bulk().create(command)).id();
    }

    private BulkAction action(BulkActionId id) {
        return harness.engine.bulk().find(harness.environment, id).orElseThrow();
    }

    private BulkAction.Counts work(BulkActionId id) {
        for (int i = 0; i < 20 && action(id).status() == BulkStatus.PENDING; i++) {
            harness.advance(PAUSE);
        }
        assertThat(action(id).status()).isEqualTo(BulkStatus.COMPLETED);
        return action(id).counts();
    }

    private List<RunStatus> statuses(List<RunId> runs) {
        return runs.stream().map(run -> harness.state(run).status()).toList();
    }

    private int count(String sql) {
        return harness.sql().sql(sql).query(Integer.class).single();
    }

    @Test
    void cancelsWhatAFilterFindsPageByPage() {
        List<RunId> runs = trigger(7);
        RunId other = harness.trigger("work");
        BulkActionId id = create(BulkCommand.matching(BulkKind.CANCEL, tagged()).called("flood"));
        assertThat(action(id).status()).isEqualTo(BulkStatus.PENDING);
        harness.step();
        assertThat(action(id).counts()).isEqualTo(new BulkAction.Counts(7, 3, 0, 0));
        assertThat(statuses(runs.subList(4, 7))).containsOnly(RunStatus.CANCELED);
        harness.clock.advance(PAUSE.minusMillis(1));
        harness.step();
        assertThat(action(id).counts().succeeded()).as("it rests").isEqualTo(3);
        assertThat(work(id)).isEqualTo(new BulkAction.Counts(7, 7, 0, 0));
        assertThat(statuses(runs)).containsOnly(RunStatus.CANCELED);
        assertThat(harness.state(other).status()).isEqualTo(RunStatus.PENDING);
        assertThat(action(id).name()).isEqualTo("flood");
        assertThat(action(id).completedAt()).isEqualTo(harness.clock.instant());
        assertThat(harness.engine.bulk().actionsOf(runs.getFirst())).containsExactly(id);
        assertThat(harness.state(runs.getFirst()).statusReason()).contains(id.toString());
    }

    @Test
    void cancelsRunsThatLeaveItsFilterByThat() {
        List<RunId> runs = trigger(8);
        assertThat(work(create(BulkCommand.matching(BulkKind.CANCEL, queued()))))
                .isEqualTo(new BulkAction.Counts(8, 8, 0, 0));
        assertThat(statuses(runs)).containsOnly(RunStatus.CANCELED);
    }

    @Test
    @Shows("AS-7")
    void skipsWhatHadEndedAndSaysWhatItDidNotFind() {
        List<RunId> runs = trigger(2);
        harness.succeed(harness.startNext());
        RunId unknown = new RunId(UUID.randomUUID());
        BulkActionId id = create(BulkCommand.naming(
                harness.environment, BulkKind.CANCEL, List.of(runs.get(0), runs.get(1), runs.get(1), unknown)));
        assertThat(work(id)).isEqualTo(new BulkAction.Counts(3, 1, 1, 1));
        assertThat(statuses(runs)).containsExactly(RunStatus.COMPLETED_SUCCESSFULLY, RunStatus.CANCELED);
        assertThat(harness.engine.bulk().actionsOf(runs.getFirst()))
                .as("of the run that had ended, too")
                .containsExactly(id);
        assertThat(harness.engine.bulk().failures(harness.environment, id, 10))
                .extracting(BulkFailure::run)
                .containsExactly(unknown);
    }

    @Test
    void cancelsThroughTheWorkersWhatTheyHave() {
        List<RunId> runs = trigger(1);
        harness.startNext();
        BulkActionId id = create(BulkCommand.matching(BulkKind.CANCEL, tagged()));
        assertThat(work(id).succeeded()).isEqualTo(1);
        harness.advance(harness.config().cancelTimeout().plusMillis(1));
        assertThat(statuses(runs)).containsOnly(RunStatus.CANCELED);
    }

    @Test
    void replaysEachRunOnceAndNotItsOwn() {
        List<RunId> runs = trigger(4);
        BulkActionId id = create(BulkCommand.matching(BulkKind.REPLAY, tagged()));
        List<RunId> later = trigger(1);
        assertThat(work(id)).isEqualTo(new BulkAction.Counts(4, 4, 0, 0));
        assertThat(count("select count(*) from run where replay_of is not null"))
                .isEqualTo(4);
        assertThat(count("select count(distinct replay_of) from run where replay_of is not null"))
                .isEqualTo(4);
        RunId made = new RunId(harness.sql()
                .sql("select id from run where replay_of = ?")
                .param(runs.getFirst().value())
                .query(UUID.class)
                .single());
        assertThat(harness.engine.bulk().actionsOf(made)).containsExactly(id);
        assertThat(harness.engine.bulk().actionsOf(later.getFirst())).isEmpty();
    }

    @Test
    void saysWhyARunWasNotReplayed() {
        List<RunId> runs = trigger(1);
        BulkActionId id = create(BulkCommand.naming(harness.environment, BulkKind.REPLAY, runs));
        harness.controlPlane.remove(harness.environment);
        assertThat(work(id)).isEqualTo(new BulkAction.Counts(1, 0, 1, 0));
        assertThat(harness.engine.bulk().failures(harness.environment, id, 10))
                .extracting(BulkFailure::reason)
                .containsExactly("This environment does not exist any more.");
    }

    @Test
    void completesWithoutAnyRun() {
        assertThat(work(create(BulkCommand.matching(BulkKind.CANCEL, tagged()))))
                .isEqualTo(new BulkAction.Counts(0, 0, 0, 0));
    }

    @Test
    void stopsWhenItIsAborted() {
        List<RunId> runs = trigger(7);
        BulkActionId id = create(BulkCommand.matching(BulkKind.CANCEL, tagged()));
        harness.step();
        EnvironmentId other = harness.controlPlane.addEnvironment("STAGING", 1);
        assertThat(harness.engine.bulk().abort(other, id)).isEqualTo(AbortOutcome.UNKNOWN);
        assertThat(harness.engine.bulk().abort(harness.environment, id)).isEqualTo(AbortOutcome.ABORTED);
        assertThat(harness.engine.bulk().abort(harness.environment, id)).isEqualTo(AbortOutcome.NOT_PENDING);
        harness.advance(Duration.ofMinutes(2));
        assertThat(action(id).status()).isEqualTo(BulkStatus.ABORTED);
        assertThat(action(id).counts().succeeded()).isEqualTo(3);
        assertThat(statuses(runs.subList(0, 4))).containsOnly(RunStatus.PENDING);
    }

    @Test
    void stopsInTheMiddleOfAPage() {
        trigger(3);
        BulkActionId id = create(BulkCommand.matching(BulkKind.CANCEL, tagged()));
        harness.atSyncPoints(point -> {
            if (point == SyncPoint.BULK_ITEM_DONE) {
                harness.engine.bulk().abort(harness.environment, id);
            }
        });
        harness.step();
        assertThat(action(id).status()).isEqualTo(BulkStatus.ABORTED);
        assertThat(action(id).counts().succeeded()).as("what was under way").isEqualTo(1);
    }

    @Test
    void refusesWhatMakesNoSense() {
        List<RunId> runs = trigger(6);
        EnvironmentId other = harness.controlPlane.addEnvironment("STAGING", 1);
        BulkCommand named = BulkCommand.naming(harness.environment, BulkKind.CANCEL, runs.subList(0, 5));
        BulkCommand tooMany = BulkCommand.naming(harness.environment, BulkKind.CANCEL, runs);
        BulkCommand nothing = BulkCommand.naming(harness.environment, BulkKind.CANCEL, List.of());
        BulkCommand both = new BulkCommand(harness.environment, BulkKind.CANCEL, null, tagged(), runs.subList(0, 1));
        BulkCommand everything = BulkCommand.matching(BulkKind.CANCEL, RunFilter.all(harness.environment));
        BulkCommand foreign = new BulkCommand(other, BulkKind.CANCEL, null, tagged(), List.of());
        assertThat(Stream.of(tooMany, nothing, both, everything, foreign, named.called("elevenchars")))
                .allSatisfy(command ->
                        assertThat(harness.engine.bulk().create(command)).isInstanceOf(BulkOutcome.Refused.class));
        assertThat(harness.engine.bulk().create(named.called("tencharact"))).isInstanceOf(BulkOutcome.Created.class);
    }

    @Test
    void letsOnlySoManyReplaysBeUnderWay() {
        List<RunId> runs = trigger(1);
        BulkCommand replay = BulkCommand.naming(harness.environment, BulkKind.REPLAY, runs);
        BulkActionId first = create(replay);
        create(replay);
        assertThat(harness.engine.bulk().create(replay)).isEqualTo(new BulkOutcome.TooManyReplays(2));
        create(BulkCommand.naming(harness.environment, BulkKind.CANCEL, runs));
        work(first);
        create(replay);
    }

    @Test
    void listsNewestFirstInPages() {
        List<RunId> runs = trigger(1);
        List<BulkActionId> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(create(BulkCommand.naming(harness.environment, BulkKind.CANCEL, runs)));
        }
        BulkPage first = list(null, null);
        assertThat(first.actions()).extracting(BulkAction::id).containsExactlyElementsOf(ids.subList(0, 2));
        assertThat(first.previous()).isNull();
        BulkPage second = list(first.next(), null);
        assertThat(second.actions()).extracting(BulkAction::id).containsExactlyElementsOf(ids.subList(2, 4));
        BulkPage third = list(second.next(), null);
        assertThat(third.actions()).extracting(BulkAction::id).containsExactly(ids.get(4));
        assertThat(third.next()).isNull();
        BulkPage back = list(null, third.previous());
        assertThat(back).isEqualTo(second);
        assertThat(harness.engine
                        .bulk()
                        .list(harness.controlPlane.addEnvironment("STAGING", 1), new BulkPage.Place(2, null, null))
                        .actions())
                .isEmpty();
    }

    private BulkPage list(@Nullable BulkActionId after, @Nullable BulkActionId before) {
        return harness.engine.bulk().list(harness.environment, new BulkPage.Place(2, after, before));
    }

    @Test
    void doesNotReplayWhatMayHaveBeenReplayedTooLongAgo() {
        List<RunId> runs = trigger(1);
        BulkActionId id = create(BulkCommand.naming(harness.environment, BulkKind.REPLAY, runs));
        harness.atSyncPoints(point -> {
            if (point == SyncPoint.BULK_ITEM_DONE) {
                throw new IllegalStateException("the server stops");
            }
        });
        assertThatThrownBy(harness::step).hasMessage("the server stops");
        harness.restart();
        harness.clock.advance(Duration.ofDays(2));
        assertThat(work(id)).isEqualTo(new BulkAction.Counts(1, 0, 1, 0));
        assertThat(count("select count(*) from run where replay_of is not null"))
                .isEqualTo(1);
    }
}
