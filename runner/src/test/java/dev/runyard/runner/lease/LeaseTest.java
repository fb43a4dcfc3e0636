package dev.runyard.runner.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final Instant START = Instant.parse("2026-08-01T10:00:00Z");

    private long nanos = Long.MAX_VALUE - 5; // the monotonic clock may begin anywhere and wrap around
    private Instant wall = START;
    private final Lease lease = new Lease(Duration.ofSeconds(50), () -> wall, () -> nanos);

    @Test
    void holdsUntilItsTimeIsOver() {
        pass(Duration.ofSeconds(50));
        assertThat(lease.isLost()).isFalse();

        pass(Duration.ofMillis(1));
        assertThat(lease.isLost()).isTrue();
    }

    @Test
    void countsFromTheMomentAHeartbeatWasSent() {
        Lease.Moment sent = lease.now();
        pass(Duration.ofSeconds(30));
        lease.renew(sent);
        pass(Duration.ofSeconds(21));

        assertThat(lease.isLost()).isTrue();
    }

    @Test
    void isNotShortenedByAnOlderHeartbeat() {
        Lease.Moment old = lease.now();
        pass(Duration.ofSeconds(40));
        lease.renew(lease.now());
        lease.renew(old);
        pass(Duration.ofSeconds(40));

        assertThat(lease.isLost()).isFalse();
    }

    @Test
    void isLostWhileTheMachineSleeps() {
        wall = wall.plusSeconds(51); // the monotonic clock stood still

        assertThat(lease.isLost()).isTrue();
    }

    @Test
    void doesNotTrustAWallClockThatStandsStill() {
        nanos += Duration.ofSeconds(51).toNanos();

        assertThat(lease.isLost()).isTrue();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
    }
}
