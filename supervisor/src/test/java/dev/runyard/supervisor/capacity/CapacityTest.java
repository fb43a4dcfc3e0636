package dev.runyard.supervisor.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.supervisor.workload.HostResources;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class CapacityTest {
    private static final MachineSize SMALL = MachineSize.of(MachinePreset.SMALL_1X);
    private static final MachineSize LARGE = MachineSize.of(MachinePreset.LARGE_1X);

    private final Capacity capacity = new Capacity(new HostResources(4, 4, 4));

    @Test
    void asksForAsManyRunsAsThereAreSlots() throws Exception {
        assertThat(capacity.awaitRoom()).isEqualTo(4);

        capacity.occupy("a", SMALL);

        assertThat(capacity.awaitRoom()).isEqualTo(3);
    }

    @Test
    void asksForNoMoreThanMemoryAllows() throws Exception {
        capacity.occupy("a", MachineSize.of(MachinePreset.MEDIUM_1X));
        capacity.occupy("b", MachineSize.of(MachinePreset.SMALL_2X));

        assertThat(capacity.awaitRoom()).isEqualTo(2);
    }

    @Test
    void asksForNothingUntilAnAnnouncedRunIsAdmitted() throws Exception {
        capacity.announce("a");
        CompletableFuture<Integer> room = awaitRoomElsewhere();
        assertThat(room).isNotDone();

        assertThat(capacity.admit("a", SMALL, Duration.ZERO)).isTrue();

        assertThat(room).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(3);
    }

    @Test
    void asksForNothingWhileItIsHeldAndSaysSinceWhen() throws Exception {
        capacity.hold();
        assertThat(capacity.isNobodyAsking())
                .as("a call may be underway until the next is to be made")
                .isFalse();

        assertThat(capacity.awaitRoom()).isZero();
        assertThat(capacity.isNobodyAsking()).isTrue();
        assertThat(capacity.admit("a", SMALL, Duration.ZERO))
                .as("what came already is admitted")
                .isTrue();

        capacity.letGo();
        assertThat(capacity.awaitRoom()).isEqualTo(3);
        assertThat(capacity.isNobodyAsking()).isFalse();
    }

    @Test
    void isNoLongerAskedForRoomWhenItIsHeldWhileFull() throws Exception {
        capacity.announce("a");
        CompletableFuture<Integer> room = awaitRoomElsewhere();

        capacity.hold();

        assertThat(room).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(0);
    }

    @Test
    void letsALargeRunWaitUntilItFits() throws Exception {
        capacity.occupy("a", MachineSize.of(MachinePreset.MEDIUM_1X));
        capacity.announce("b");
        assertThat(capacity.admit("b", MachineSize.of(MachinePreset.MEDIUM_2X), Duration.ofMillis(10)))
                .isFalse();
        assertThat(capacity.usage().waiting()).isEqualTo(1);

        capacity.release("a");

        assertThat(capacity.admit("b", MachineSize.of(MachinePreset.MEDIUM_2X), Duration.ZERO))
                .isTrue();
    }

    @Test
    void admitsARunThatIsLargerThanTheMachineOnlyAlone() throws Exception {
        capacity.occupy("a", SMALL);
        assertThat(capacity.admit("b", LARGE, Duration.ZERO)).isFalse();

        capacity.release("a");

        assertThat(capacity.admit("b", LARGE, Duration.ZERO)).isTrue();
        CompletableFuture<Integer> room = awaitRoomElsewhere();
        assertThat(room).isNotDone();
        capacity.close();
        assertThat(room).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(0);
    }

    @Test
    void wakesWhoeverWaitsForRoom() {
        for (String runner : new String[] {"a", "b", "c", "d"}) {
            capacity.occupy(runner, SMALL);
        }
        CompletableFuture<Integer> room = awaitRoomElsewhere();
        assertThat(room).isNotDone();

        capacity.release("c");

        assertThat(room).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(1);
    }

    @Test
    void noticesARunThatComesTwice() throws Exception {
        assertThat(capacity.announce("a")).isTrue();
        assertThat(capacity.announce("a")).isFalse();

        capacity.admit("a", SMALL, Duration.ZERO);

        assertThat(capacity.announce("a")).isFalse();
    }

    @Test
    void givesAnAnnouncementBack() {
        capacity.announce("a");
        capacity.release("a");

        assertThat(awaitRoomElsewhere()).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(4);
    }

    private CompletableFuture<Integer> awaitRoomElsewhere() {
        CompletableFuture<Integer> room = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                room.complete(capacity.awaitRoom());
            } catch (InterruptedException e) {
                room.completeExceptionally(e);
            }
        });
        await().atMost(Duration.ofSeconds(5)).until(() -> room.isDone() || waiting.getState() == Thread.State.WAITING);
        return room;
    }
}
