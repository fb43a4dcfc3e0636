package dev.runyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private final Slots slots = new Slots(2);

    @Test
    void countsWhatMayStart() throws InterruptedException {
        assertThat(slots.awaitFree()).isEqualTo(2);
        slots.begin();
        assertThat(slots.awaitFree()).isEqualTo(1);
    }

    @Test
    void letsTheNextStartWhenARunEnds() throws Exception {
        fill();
        CompletableFuture<Integer> next = awaitFree();

        slots.end();

        assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void letsTheNextStartWhenARunWaits() throws Exception {
        fill();
        CompletableFuture<Integer> next = awaitFree();

        slots.beginWait();

        assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(slots.waiting()).isEqualTo(1);
        assertThat(slots.running()).isEqualTo(1);
    }

    @Test
    void letsARunGoOnAlthoughAllSlotsAreTaken() throws InterruptedException {
        fill();
        slots.beginWait();
        slots.begin();

        slots.endWait();

        assertThat(slots.running()).isEqualTo(3);
        assertThat(slots.waiting()).isZero();
    }

    @Test
    void letsNoneStartAfterItsEnd() throws Exception {
        fill();
        CompletableFuture<Integer> next = awaitFree();

        slots.close();

        assertThat(next.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void knowsWhenNoRunIsLeft() throws InterruptedException {
        fill();
        slots.beginWait();
        assertThat(slots.awaitNone(1)).isFalse();
        slots.endWait();
        slots.end();
        slots.end();
        assertThat(slots.awaitNone(1)).isTrue();
    }

    private void fill() {
        slots.begin();
        slots.begin();
    }

    private CompletableFuture<Integer> awaitFree() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return slots.awaitFree();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
