package dev.runyard.webapp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.auth.RunIdentity;
import dev.runyard.webapp.auth.RunTokens;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/// OpenTelemetry's own SDK as the sender, with its usual settings: protobuf over HTTP.
class OtlpExporterTest extends WebappTest {
    private static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());
    private static final AttributeKey<List<String>> LIST = AttributeKey.stringArrayKey("list");

    @Autowired
    private RunTokens tokens;

    @Autowired
    private TelemetryQueries telemetry;

    private final RunId run = new RunId(IDS.next());

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    void takesSpansOfTheSdk(String compression) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(baseUrl() + "/otel/v1/traces")
                .addHeader("Authorization", token())
                .setCompression(compression)
                .build();
        String parentId;
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build()) {
            Tracer tracer = provider.get("test");
            Span parent = tracer.spanBuilder("outer").setAttribute("n", 3).startSpan();
            parentId = parent.getSpanContext().getSpanId();
            Span child = tracer.spanBuilder("inner")
                    .setParent(Context.root().with(parent))
                    .setAttribute(LIST, List.of("a", "b"))
                    .startSpan();
            child.recordException(new IllegalStateException("boom"));
            child.setStatus(StatusCode.ERROR, "it broke");
            child.end();
            parent.end();
            provider.forceFlush().join(10, TimeUnit.SECONDS);
        }

        // The exporter sends side by side, so that the end of the outer one may arrive first.
        List<StoredSpan> spans = telemetry.spansAfter(run, 0, 10).stream()
                .sorted(Comparator.comparing(StoredSpan::name))
                .toList();
        assertThat(spans).extracting(StoredSpan::name).containsExactly("inner", "outer");
        assertThat(spans).allMatch(span -> span.endedAt() != null);
        StoredSpan inner = spans.getFirst();
        assertThat(inner.parentId()).isEqualTo(parentId);
        assertThat(inner.status()).isEqualTo(SpanStatus.ERROR);
        assertThat(inner.statusMessage()).isEqualTo("it broke");
        assertThat(inner.attributes()).isEqualTo("{\"list\": [\"a\", \"b\"]}");
        assertThat(inner.events()).contains("exception", "boom");
        assertThat(spans.getLast().attributes()).isEqualTo("{\"n\": 3}");
    }

    @Test
    void takesLinesOfTheSdk() {
        OtlpHttpLogRecordExporter exporter = OtlpHttpLogRecordExporter.builder()
                .setEndpoint(baseUrl() + "/otel/v1/logs")
                .addHeader("Authorization", token())
                .build();
        try (SdkLoggerProvider provider = SdkLoggerProvider.builder()
                .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
                .build()) {
            provider.get("test")
                    .logRecordBuilder()
                    .setSeverity(Severity.WARN)
                    .setBody("careful")
                    .setAttribute(AttributeKey.doubleKey("d"), 1.5)
                    .emit();
            provider.forceFlush().join(10, TimeUnit.SECONDS);
        }

        StoredLogLine line = telemetry.linesAfter(run, 0, 10).getFirst();
        assertThat(line.message()).isEqualTo("careful");
        assertThat(line.level()).isEqualTo("WARN");
        assertThat(line.attributes()).isEqualTo("{\"d\": 1.5}");
    }

    private String token() {
        return "Bearer " + tokens.mint(new RunIdentity(run, environmentId("dev")));
    }
}
