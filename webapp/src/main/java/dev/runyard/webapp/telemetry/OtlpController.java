package dev.runyard.webapp.telemetry;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.auth.RunIdentity;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Takes OTLP/HTTP, as JSON or protobuf. Logs and spans are kept; the answer for metrics says that they are not.
@RestController
@Permit(to = Credential.RUN)
@RequestMapping("/otel/v1")
class OtlpController {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpController.class);

    private final ReadOtlp readOtlp;
    private final KeepTelemetry keep;
    private final BoundedText text;
    private final InstantSource clock;

    OtlpController(ReadOtlp readOtlp, KeepTelemetry keep, TelemetryProperties properties, InstantSource clock) {
        this.readOtlp = readOtlp;
        this.keep = keep;
        this.text = new BoundedText(readOtlp.json(), (int) properties.maxLine().toBytes());
        this.clock = clock;
    }

    @PostMapping("/logs")
    ResponseEntity<?> logs(@AuthenticationPrincipal RunIdentity run, HttpServletRequest request) throws IOException {
        return answer(request, OtlpMessage.LOGS_REQUEST, "rejectedLogRecords", body -> {
            OtlpLogs.Parsed parsed = OtlpLogs.parse(body, run.run(), clock.instant(), text);
            warnOf(run, parsed.foreign());
            return new Stored(keep.lines(run, parsed.lines()), parsed.foreign(), "lines");
        });
    }

    @PostMapping("/traces")
    ResponseEntity<?> traces(@AuthenticationPrincipal RunIdentity run, HttpServletRequest request) throws IOException {
        return answer(request, OtlpMessage.TRACES_REQUEST, "rejectedSpans", body -> {
            OtlpSpans.Parsed parsed = OtlpSpans.parse(body, run.run(), clock.instant(), text);
            warnOf(run, parsed.refused());
            return new Stored(keep.spans(run, parsed.spans()), parsed.refused(), "spans");
        });
    }

    @PostMapping("/metrics")
    ResponseEntity<?> metrics(@AuthenticationPrincipal RunIdentity run, HttpServletRequest request) throws IOException {
        boolean isProtobuf = ReadOtlp.isProtobuf(request);
        try {
            int metrics = countMetrics(readOtlp.read(request, OtlpMessage.METRICS_REQUEST));
            return new OtlpAnswer("rejectedDataPoints", metrics, "This server keeps no metrics of runs")
                    .toResponse(isProtobuf);
        } catch (ReadOtlp.Refused e) {
            return refused(e);
        }
    }

    private ResponseEntity<?> answer(
            HttpServletRequest request, OtlpMessage message, String rejectedName, Function<JsonNode, Stored> store)
            throws IOException {
        JsonNode body;
        try {
            body = readOtlp.read(request, message);
        } catch (ReadOtlp.Refused e) {
            return refused(e);
        }
        Stored stored = store.apply(body);
        return stored.dropped() == IngestGate.BUSY
                ? busy()
                : new OtlpAnswer(rejectedName, stored.foreign() + stored.dropped(), stored.sentence())
                        .toResponse(ReadOtlp.isProtobuf(request));
    }

    private static void warnOf(RunIdentity run, int foreign) {
        if (foreign > 0) {
            LOG.warn("run {} sent {} records without an id or in the name of another run", run.run(), foreign);
        }
    }

    private static int countMetrics(JsonNode body) {
        int found = 0;
        for (JsonNode resource : body.path("resourceMetrics")) {
            for (JsonNode scope : resource.path("scopeMetrics")) {
                found += scope.path("metrics").size();
            }
        }
        return found;
    }

    private static ResponseEntity<?> refused(ReadOtlp.Refused refusal) {
        return ResponseEntity.status(refusal.status())
                .header("x-should-retry", "false")
                .body(Map.of("error", String.valueOf(refusal.getMessage())));
    }

    /// Exporters try again after 503, as late as they are told.
    private static ResponseEntity<?> busy() {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header("x-should-retry", "true")
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(Map.of("error", "More telemetry arrives than can be stored; send it again in a second"));
    }

    /// @param dropped how many records of the run were over the limit
    /// @param foreign how many records cannot be the run's
    /// @param what names the records
    private record Stored(int dropped, int foreign, String what) {
        String sentence() {
            return foreign > 0
                    ? "Records without an id, or that name another run than the token's, are refused"
                    : "The run has used up the " + what + " that are kept of it";
        }
    }
}
