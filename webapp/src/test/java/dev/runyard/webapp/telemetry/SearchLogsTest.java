package dev.runyard.webapp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.auth.RunIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

class SearchLogsTest extends WebappTest {
    private static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());
    private static final Instant NOW = Instant.parse("2026-08-01T10:00:00Z");

    @Autowired
    private AppendLogs appendLogs;

    @Autowired
    private SearchLogs searchLogs;

    @Autowired
    private LogSearchRepository lines;

    @Autowired
    private TransactionTemplate transactions;

    private final String word = "w" + UUID.randomUUID();
    private final RunIdentity run = new RunIdentity(new RunId(IDS.next()), environmentId("prod"));

    @Test
    void findsTextWhateverItsLetters() {
        write(NOW, 9, "Disk 100%_full " + word.toUpperCase(Locale.ROOT));
        write(NOW, 9, "Disk 100 and full " + word);

        assertThat(messages(search("100%_full " + word, 1))).hasSize(1);
        assertThat(messages(search(word, 1))).hasSize(2);
        assertThat(messages(search("\\" + word, 1))).isEmpty();
    }

    @Test
    void findsTheSeriousOnesOfOneRun() {
        RunIdentity other = new RunIdentity(new RunId(IDS.next()), environmentId("prod"));
        write(NOW, 17, word + " error");
        write(NOW, 9, word + " info");
        append(other, NOW, 17, word + " elsewhere");

        assertThat(messages(search(word, 17))).containsExactlyInAnyOrder(word + " error", word + " elsewhere");
        assertThat(messages(new LogSearch(
                        run.environment(),
                        word,
                        17,
                        run.run(),
                        null,
                        NOW.minusSeconds(60),
                        NOW.plusSeconds(60),
                        null,
                        10)))
                .containsExactly(word + " error");
    }

    @Test
    void showsNothingOfOtherEnvironments() {
        write(NOW, 9, word);

        LogSearch foreign = new LogSearch(
                environmentId("stg"), word, 1, null, null, NOW.minusSeconds(60), NOW.plusSeconds(60), null, 10);
        assertThat(messages(foreign)).isEmpty();
    }

    @Test
    void goesOnWhereThePageEnded() {
        IntStream.range(0, 25).forEach(i -> write(NOW.minus(Duration.ofMinutes(i / 3 * 11L)), 9, word + " " + i));
        List<String> all = new ArrayList<>();
        LogSearch.@Nullable Place next = null;
        do {
            SearchLogs.Found page = searchLogs.search(new LogSearch(
                    run.environment(),
                    word,
                    1,
                    null,
                    null,
                    NOW.minus(Duration.ofDays(2)),
                    next == null ? NOW.plusSeconds(1) : next.at().plusNanos(1_000),
                    next,
                    10));
            page.lines().forEach(line -> all.add(line.line().message()));
            next = page.next() == null
                    ? null
                    : LogSearch.Place.parse(page.next().toString());
        } while (next != null);

        assertThat(all).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void saysHowFarItCameWhereItsTimeIsOver() {
        write(NOW, 9, word);
        SearchLogs hasty = new SearchLogs(lines, transactions, properties(Duration.ZERO));

        SearchLogs.Found found = hasty.search(search(word, 1));

        assertThat(found.lines()).isEmpty();
        assertThat(found.searchedTo()).isEqualTo(NOW.plusSeconds(60));
    }

    private static TelemetryProperties properties(Duration searchTimeout) {
        return new TelemetryProperties(
                DataSize.ofMegabytes(4), 10, DataSize.ofKilobytes(32), 10, 1, Duration.ZERO, searchTimeout);
    }

    private LogSearch search(String text, int least) {
        return new LogSearch(
                run.environment(), text, least, null, null, NOW.minusSeconds(60), NOW.plusSeconds(60), null, 10);
    }

    private List<String> messages(LogSearch search) {
        return searchLogs.search(search).lines().stream()
                .map(found -> found.line().message())
                .toList();
    }

    private void write(Instant at, int severity, String message) {
        append(run, at, severity, message);
    }

    private void append(RunIdentity of, Instant at, int severity, String message) {
        appendLogs.append(of, List.of(new LogLine(at, severity, "logger", message, null, 1, null)));
    }
}
