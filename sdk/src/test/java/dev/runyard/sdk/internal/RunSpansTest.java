package dev.runyard.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.sdk.TaskSpan;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunSpansTest {
    private static final Instant NOW = Instant.parse("2026-08-01T10:00:00Z");

    private final List<SpanSnapshot> ended = new ArrayList<>();
    private final SpanSink sink = new SpanSink() {
        @Override
        public void began(RecordedSpan span) {}

        @Override
        public void ended(RecordedSpan span) {
            ended.add(span.snapshot());
        }
    };
    private final RunSpans spans = new RunSpans(sink, InstantSource.fixed(NOW));

    @Test
    void nestsByTheThread() throws InterruptedException {
        try (TaskSpan outer = spans.span("outer")) {
            try (TaskSpan inner = spans.span("inner")) {
                assertThat(inner.traceparent().substring(3, 35))
                        .isEqualTo(outer.traceparent().substring(3, 35));
            }
            Thread other = new Thread(() -> spans.span("elsewhere").close());
            other.start();
            other.join();
        }
        spans.span("after").close();

        assertThat(ended).extracting(SpanSnapshot::name).containsExactly("inner", "elsewhere", "outer", "after");
        String outer = ended.get(2).self().spanId();
        assertThat(ended.get(0).parentId()).isEqualTo(outer);
        assertThat(ended.get(1).parentId()).isEqualTo(outer);
        assertThat(ended.get(3).parentId()).isNull();
    }

    @Test
    void failsWithItsWorkAndPassesOnWhatThatThrew() {
        assertThatThrownBy(() -> spans.span("work", span -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IOException.class);
        int result = spans.span("fine", span -> 3);

        assertThat(result).isEqualTo(3);
        SpanSnapshot failed = ended.getFirst();
        assertThat(failed.isError()).isTrue();
        assertThat(failed.error()).isEqualTo("disk full");
        assertThat(failed.events().getFirst().attributes().get("exception.type"))
                .isEqualTo(IOException.class.getName());
        assertThat(ended.getLast().isError()).isFalse();
    }

    @Test
    void keepsWhatIsSaidUntilItEnds() {
        TaskSpan span = spans.span("work");
        span.set("rows", 3).set("none", null).event("half", Map.of("n", 1));
        for (int i = 0; i < 500; i++) {
            span.set("key " + i, i).event("event " + i);
        }
        span.close();
        span.set("late", true);
        span.close();

        assertThat(ended).hasSize(1);
        SpanSnapshot work = ended.getFirst();
        assertThat(work.attributes()).hasSize(128).containsEntry("rows", 3).containsEntry("none", null);
        assertThat(work.events()).hasSize(128);
        assertThat(work.end()).isEqualTo(NOW);
    }

    @Test
    void readsTheHeaderOfW3c() {
        String header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assertThat(SpanRef.parse(header)).contains(new SpanRef("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"));
        assertThat(SpanRef.parse(header).map(SpanRef::traceparent)).contains(header);
        assertThat(SpanRef.parse("nonsense")).isEqualTo(Optional.empty());
        assertThat(SpanRef.parse(null)).isEmpty();
    }
}
