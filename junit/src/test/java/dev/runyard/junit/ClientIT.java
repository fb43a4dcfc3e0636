package dev.runyard.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.sdk.client.ApiException;
import dev.runyard.sdk.client.BulkActions.BulkAction;
import dev.runyard.sdk.client.BulkActions.BulkStatus;
import dev.runyard.sdk.client.ClientConfig;
import dev.runyard.sdk.client.Deployments.Deployment;
import dev.runyard.sdk.client.Queues.Queue;
import dev.runyard.sdk.client.Queues.QueueName;
import dev.runyard.sdk.client.Run;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.RunQuery;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.client.TraceSpan;
import dev.runyard.sdk.client.Waitpoints.Token;
import dev.runyard.sdk.run.RunStatus;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.TriggerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the Java client does beside triggering, against a live server.
@RunyardTest(tasks = WorkerTasks.class, concurrency = 4)
class ClientIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EmbeddedRunyard server;
    private final Runyard client;

    ClientIT(EmbeddedRunyard server, Runyard client) {
        this.server = server;
        this.client = client;
    }

    @Test
    void cancelsAndReplaysManyRuns() {
        String tag = "bulk-" + UUID.randomUUID();
        List<String> runs = IntStream.range(0, 5)
                .mapToObj(number -> client.trigger(
                                WorkerTasks.DOUBLE,
                                number,
                                TriggerOptions.none().delay(Duration.ofHours(1)).tags(tag))
                        .id())
                .toList();
        RunQuery mine = RunQuery.all().tags(tag).within(Duration.ofHours(1)).queues(QueueName.of(WorkerTasks.DOUBLE));

        BulkAction canceled = client.bulkActions().await(client.bulkActions().cancel(mine, "stop"), PATIENCE);
        String replaying = client.bulkActions().replay(runs.subList(0, 2), "again");
        BulkAction replayed = client.bulkActions().await(replaying, PATIENCE);

        assertThat(canceled.status()).isEqualTo(BulkStatus.COMPLETED);
        assertThat(canceled.success()).isEqualTo(5);
        assertThat(canceled.name()).isEqualTo("stop");
        assertThat(client.runs().stream(mine.status(RunStatus.CANCELED)).map(Run::id))
                .containsExactlyInAnyOrderElementsOf(runs);
        assertThat(replayed.isReplay()).isTrue();
        assertThat(replayed.success()).isEqualTo(2);
        assertThat(client.runs().stream(RunQuery.all().bulkAction(replaying))).hasSize(4);
        assertThat(client.bulkActions().stream().map(BulkAction::id)).contains(canceled.id(), replaying);
        assertThatThrownBy(() -> client.bulkActions().cancel(RunQuery.all(), "all"))
                .isInstanceOf(ApiException.BadRequest.class);
    }

    @Test
    void readsWhatARunsTimeWasSpentOn() {
        RunHandle<Integer> run = client.trigger(WorkerTasks.NEST, 1);
        run.await(PATIENCE);

        TraceSpan trace = client.runs().trace(run.id());

        assertThat(trace.message()).isEqualTo("nest");
        assertThat(trace.parentId()).isNull();
        assertThat(trace.isPartial()).isFalse();
        assertThat(all(trace).map(TraceSpan::runId).distinct()).hasSize(2);
        assertThat(all(trace).map(TraceSpan::message)).contains("Attempt 1");
        TraceSpan wait = all(trace)
                .filter(span -> span.message().equals("Trigger nest and wait"))
                .findFirst()
                .orElseThrow();
        assertThat(wait.children())
                .as("the run that it waited for is a part of the wait")
                .anySatisfy(child -> assertThat(child.runId()).isNotEqualTo(run.id()));
    }

    private static Stream<TraceSpan> all(TraceSpan span) {
        return Stream.concat(Stream.of(span), span.children().stream().flatMap(ClientIT::all));
    }

    @Test
    void givesOthersTokensThatMayDoLittle() {
        RunHandle<Integer> run = client.trigger(WorkerTasks.DOUBLE, 4);
        String reading = client.publicTokens().create(Set.of("read:runs:" + run.id()), Duration.ofHours(1));
        String triggering = client.publicTokens().createForOneTrigger(Set.of("double"), Duration.ofMinutes(5));

        try (Runyard reader = Runyard.connect(ClientConfig.of(server.url(), reading));
                Runyard stranger = Runyard.connect(ClientConfig.of(server.url(), triggering))) {
            assertThat(reader.runs().await(run.id(), PATIENCE).status()).isEqualTo(RunStatus.COMPLETED);
            assertThatThrownBy(() -> reader.runs().cancel(run.id())).isInstanceOf(ApiException.class);
            assertThat(stranger.trigger(WorkerTasks.DOUBLE, 5).id()).startsWith("run_");
            assertThatThrownBy(() -> stranger.trigger(WorkerTasks.DOUBLE, 6)).isInstanceOf(ApiException.class);
        }
        assertThatThrownBy(() -> client.publicTokens().create(Set.of("read:runs"), Duration.ofDays(31)))
                .isInstanceOf(ApiException.BadRequest.class)
                .hasMessageContaining("30 days");
    }

    @Test
    void listsTokensThatRunsWaitFor() {
        String tag = "token-" + UUID.randomUUID();
        List<String> made = IntStream.range(0, 3)
                .mapToObj(_ -> client.waitpoints()
                        .create(TokenOptions.none().withTags(tag))
                        .id())
                .toList();

        assertThat(client.waitpoints().stream()
                        .filter(token -> token.tags().contains(tag))
                        .map(Token::id))
                .containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void limitsAQueueByAShareOfTheEnvironment() {
        QueueName who = QueueName.of(WorkerTasks.WHO);
        client.trigger(WorkerTasks.WHO, 1).await(PATIENCE);

        Queue limited = client.queues().overrideConcurrencyByPercent(who, 10);
        Queue reset = client.queues().resetConcurrency(who);

        assertThat(limited.concurrencyLimit()).isNotNull().isPositive();
        assertThat(reset.concurrencyLimit()).isNotEqualTo(limited.concurrencyLimit());
    }

    /// The worker has registered its tasks, which is a deployment without an image.
    @Test
    void readsDeployments() {
        List<Deployment> all = client.deployments().stream().toList();
        Deployment current = client.deployments().current().orElseThrow();

        assertThat(all).contains(current);
        assertThat(current.status()).isEqualTo("DEPLOYED");
        assertThat(current.deployedAt()).isAfterOrEqualTo(current.createdAt());
        assertThatThrownBy(() -> client.deployments().promote("20200101.1", true))
                .isInstanceOf(ApiException.NotFound.class);
    }
}
