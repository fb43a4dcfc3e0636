package dev.runyard.sdk.internal;

/** Takes spans. Thread-safe, never blocks for long. */
public interface SpanSink {
    /** Takes none. */
    SpanSink NONE = new SpanSink() {
        @Override
        public void began(RecordedSpan span) {}

        @Override
        public void ended(RecordedSpan span) {}
    };

    /** A span began. */
    void began(RecordedSpan span);

    /** A span ended. */
    void ended(RecordedSpan span);
}
