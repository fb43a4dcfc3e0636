package dev.runyard.webapp.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same promises from both stores.
class BucketsTest {
    private static final Bucket TEN = new Bucket(10, 5, Duration.ofSeconds(1));
    private static final long NOW = 1_800_000_000_000L;

    private final String key = UUID.randomUUID().toString();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesItsCapacityAndThenWhatComesBack(boolean inRedis) throws Exception {
        try (Store store = store(inRedis)) {
            for (int left = 9; left >= 0; left--) {
                Bucket.Answer answer = store.buckets().take(key, TEN, NOW);
                assertThat(answer.isTaken()).isTrue();
                assertThat(answer.remaining()).isEqualTo(left);
                assertThat(answer.capacity()).isEqualTo(10);
            }

            Bucket.Answer refused = store.buckets().take(key, TEN, NOW);
            assertThat(refused.isTaken()).isFalse();
            assertThat(refused.remaining()).isZero();
            assertThat(refused.resetMillis()).isEqualTo(NOW + 200);

            assertThat(store.buckets().take(key, TEN, NOW + 199).isTaken()).isFalse();
            assertThat(store.buckets().take(key, TEN, NOW + 200).isTaken()).isTrue();
            assertThat(store.buckets().take(key, TEN, NOW + 200).isTaken()).isFalse();
            assertThat(store.buckets().take(key + "x", TEN, NOW).isTaken()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neverHoldsMoreThanItsCapacity(boolean inRedis) throws Exception {
        try (Store store = store(inRedis)) {
            store.buckets().take(key, TEN, NOW);

            assertThat(store.buckets().take(key, TEN, NOW + 3_600_000).remaining())
                    .isEqualTo(9);
            assertThat(store.buckets().take(key, TEN, NOW).remaining()).isEqualTo(8);
        }
    }

    @Test
    void countsByItselfWhileRedisIsAway() throws Exception {
        TestRedis redis = TestRedis.start();
        try (RedisBuckets buckets = new RedisBuckets(redis.uri(), "{away}:")) {
            assertThat(buckets.take(key, TEN, NOW).remaining()).isEqualTo(9);
            redis.kill();

            assertThat(buckets.take(key, TEN, NOW).isTaken()).isTrue();
            assertThat(buckets.take(key, TEN, NOW).remaining()).isEqualTo(8);
        } finally {
            redis.close();
        }
    }

    @Test
    void refusesSizesThatMakeNoSense() {
        assertThatThrownBy(() -> new Bucket(0, 1, Duration.ofSeconds(1))).hasMessageContaining("1 or more");
        assertThatThrownBy(() -> new Bucket(1, 0, Duration.ofSeconds(1))).hasMessageContaining("1 or more");
        assertThatThrownBy(() -> new Bucket(1, 1, Duration.ZERO)).hasMessageContaining("1 or more");
    }

    private record Store(Buckets buckets) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            if (buckets instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    private static Store store(boolean inRedis) {
        return new Store(inRedis ? new RedisBuckets(TestRedis.shared().uri(), "{rate}:") : new MemoryBuckets());
    }
}
