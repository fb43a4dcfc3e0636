package dev.runyard.examples.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.sdk.ScheduledRun;
import dev.runyard.sdk.testing.InlineRun;
import dev.runyard.sdk.testing.InlineRunner;
import dev.runyard.sdk.testing.InlineTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternsTest {
    private static final Instant DATE = Instant.parse("2030-01-01T00:00:00Z");

    private final InlineRunner runner = InlineRunner.create();

    @Test
    void processesData() {
        assertThat(runner.run(ProcessData.PROCESS_DATA, new ProcessData.Request("1", List.of("a", "b")))
                        .output())
                .isEqualTo(new ProcessData.Result(2));
    }

    @Test
    void refusesWhatBreaksTheRules() {
        assertThat(runner.run(Validated.VALIDATED, new Validated.Person("Ada", 36, "ada@example.com"))
                        .output())
                .isEqualTo("Hello Ada, age 36");
        assertThat(runner.run(Validated.VALIDATED, new Validated.Person("Ada", 360, "ada@example.com"))
                        .succeeded())
                .isFalse();
    }

    @Test
    void runsByTheClock() {
        assertThat(runner.run(Scheduled.DAILY_REPORT, ScheduledRun.at(DATE)).output())
                .isEqualTo(new Scheduled.Report(DATE));
        assertThat(runner.run(Scheduled.REMINDER, ScheduledRun.at(DATE)).error())
                .isNotNull();
    }

    @Test
    void triggersAndWaitsForItsFamily() {
        InlineRun<List<String>> run = runner.run(Families.PARENT, "x");

        assertThat(run.output()).containsExactly("X", "X-AGAIN", "A", "B");
        assertThat(run.triggers()).extracting(InlineTrigger::waited).containsExactly(false, true, true, true, true);
        assertThat(runner.run(Families.CHILD, "x").rootMetadata()).hasSize(1);
        assertThat(runner.run(Families.UPDATES, "7").triggers())
                .extracting(InlineTrigger::taskId)
                .containsExactly("child-task", "child-task", "internal-processor");
    }

    @Test
    void waitsForTimeAndPeople() {
        InlineRun<String> approved =
                runner.completingTokens(token -> new Waiting.Approval("Grace")).run(Waiting.WAITS, DATE);

        assertThat(approved.output()).isEqualTo("approved by Grace");
        assertThat(approved.waits()).hasSize(2).startsWith(Duration.ofHours(1));
        assertThat(runner.run(Waiting.WAITS, DATE).output()).isEqualTo("nobody answered");
        assertThat(runner.completingTokens(token -> new Waiting.Approval("Grace"))
                        .run(Waiting.PUBLISH, new Waiting.Draft("News", "waitpoint_1"))
                        .output())
                .isEqualTo("News approved by Grace");
    }

    @Test
    void survivesFailures() {
        assertThat(runner.run(Resilient.RESILIENT, 2).output()).isEqualTo(3);
        // The project does not repeat attempts in development, which is where this runs.
        assertThat(runner.run(Resilient.RESILIENT, 3).attempts()).isEqualTo(1);
        assertThat(runner.run(Resilient.PAYMENT, "o-1").triggers().getFirst().idempotencyKey())
                .isPresent();
    }

    @Test
    void showsItsProgress() {
        assertThat(runner.run(Progress.BATCH_PROCESSOR, List.of("a", "b")).metadata())
                .containsEntry("progress", 100.0)
                .containsEntry("status", "completed")
                .containsEntry("logs", List.of("Processed item 1/2", "Processed item 2/2"));
    }

    @Test
    void composesTracksAndOrchestrators() {
        Media.Video video = new Media.Video("talk.mp4", "German");

        assertThat(runner.run(Media.MEDIA_TRACK, video).output()).isEqualTo("German transcript of talk.mp3");
        assertThat(runner.run(Media.MEDIA_ORCHESTRATOR, video).output())
                .isEqualTo(new Media.Summary(List.of("transcript", "thumbnail"), List.of()));
    }
}
