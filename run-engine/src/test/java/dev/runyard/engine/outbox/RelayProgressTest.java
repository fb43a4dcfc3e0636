package dev.runyard.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RelayProgressTest {
    private final RelayProgress progress = new RelayProgress();
    private Instant now = Instant.parse("2026-08-01T10:00:00Z");
    private long lastGiven = 100;

    @Test
    void passesRowsOnlyAfterAWhile() {
        assertThat(look(1)).isZero();
        lastGiven = 200;
        assertThat(look(9)).isZero();
        assertThat(look(1))
                .as("what was given 10 s ago is settled at the end of this look")
                .isZero();
        assertThat(look(1)).isEqualTo(100);
        assertThat(look(9)).isEqualTo(100);
        assertThat(look(1)).isEqualTo(200);
    }

    @Test
    void looksAtAllOnceAMinute() {
        look(1);
        look(10);
        assertThat(look(48)).isEqualTo(100);
        assertThat(look(2)).isZero();
        assertThat(look(1)).isEqualTo(100);
    }

    @Test
    void beginsAnewAfterRowsThatItCouldNotRelay() {
        look(1);
        look(10);
        assertThat(look(1)).isEqualTo(100);
        progress.begin(now);
        progress.stopped();
        progress.end(now, () -> lastGiven);
        assertThat(progress.settled()).isZero();
        assertThat(look(1)).isZero();
        assertThat(look(1)).isZero();
    }

    @Test
    void looksAtAllWhereTheClockWasSetBack() {
        look(1);
        look(10);
        assertThat(look(1)).isEqualTo(100);
        now = now.minus(Duration.ofHours(1));
        assertThat(look(0)).isZero();
    }

    /// Makes a whole look after a time; returns the row after which it began.
    private long look(int secondsLater) {
        now = now.plusSeconds(secondsLater);
        long from = progress.begin(now);
        progress.end(now, () -> lastGiven);
        return from;
    }
}
