package dev.runyard.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {
    private static final Instant NOON = Instant.parse("2026-08-01T12:00:00.123Z");

    @Test
    void survivesTheWayToTextAndBack() {
        for (UUID id : List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(1, 2), UUID.randomUUID())) {
            assertThat(Ids.decode(Ids.encode(id))).isEqualTo(id);
        }
    }

    @Test
    void isSafeAsDnsLabelAndUrlSegment() {
        assertThat(Ids.encode(new UUID(-1, -1))).hasSize(26).matches("[0-9a-z]+");
    }

    @Test
    void refusesWhatIsNoId() {
        for (String text :
                List.of("run_", "run_x", "run_" + "u".repeat(26), "run_" + "8".repeat(26), "evt_" + "0".repeat(26))) {
            assertThatThrownBy(() -> RunId.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void increasesWithinAMillisecondAndWhenTheClockStepsBack() {
        Instant[] now = {NOON};
        TimeOrderedIds ids = new TimeOrderedIds(() -> now[0]);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            if (i == 5_000) {
                now[0] = NOON.minusSeconds(60);
            }
            made.add(Ids.encode(ids.next()));
        }
        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void carriesItsInstant() {
        TimeOrderedIds ids = new TimeOrderedIds(InstantSource.fixed(NOON));
        UUID id = ids.next();
        assertThat(TimeOrderedIds.instantOf(id)).isEqualTo(NOON);
        assertThat(Ids.encode(TimeOrderedIds.firstAt(NOON))).isLessThanOrEqualTo(Ids.encode(id));
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void sortsSnapshotsAsText() {
        assertThat(new SnapshotId(9).toString()).isLessThan(new SnapshotId(10).toString());
        assertThat(SnapshotId.parse(new SnapshotId(12).toString())).isEqualTo(new SnapshotId(12));
    }
}
