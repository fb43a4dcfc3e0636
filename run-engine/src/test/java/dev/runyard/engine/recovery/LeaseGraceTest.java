package dev.runyard.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseGraceTest {
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final AtomicLong nanos = new AtomicLong();
    private final LeaseGrace grace = new LeaseGrace(LEASE, nanos::get);

    @Test
    void believesLeasesThatItLooksAtOften() {
        for (int i = 0; i < 100; i++) {
            assertThat(look(Duration.ofSeconds(1))).isTrue();
        }
    }

    @Test
    void givesEveryWorkerOneLeaseAfterAGap() {
        assertThat(look(Duration.ofSeconds(16)))
                .as("suspended for longer than a quarter of a lease")
                .isFalse();
        int seconds = 0;
        while (!look(Duration.ofSeconds(1))) {
            seconds++;
        }
        assertThat(seconds).isEqualTo(59);
    }

    @Test
    void seesNoGapInAShortPause() {
        assertThat(look(Duration.ofSeconds(15))).isTrue();
    }

    @Test
    void beginsAgainWithTheNextGap() {
        look(Duration.ofSeconds(20));
        look(Duration.ofSeconds(10));
        assertThat(look(Duration.ofSeconds(300))).isFalse();
        assertThat(look(Duration.ofSeconds(14))).isFalse();
    }

    @Test
    void givesKeptResultsAMomentAfterTheStart() {
        grace.started();
        assertThat(look(Duration.ofSeconds(14))).isFalse();
        assertThat(look(Duration.ofSeconds(1))).isTrue();
    }

    /// Lets time pass, then looks at the leases as the service does.
    private boolean look(Duration after) {
        nanos.addAndGet(after.toNanos());
        boolean isOver = grace.isOver();
        grace.looked();
        return isOver;
    }
}
