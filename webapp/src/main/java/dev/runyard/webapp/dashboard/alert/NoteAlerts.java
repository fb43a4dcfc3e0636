package dev.runyard.webapp.dashboard.alert;

import dev.runyard.webapp.failure.Failure;
import dev.runyard.webapp.failure.FailureListener;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes a message to each channel that wants to know of a failure, within the transaction that notes the failure.
@Component
class NoteAlerts implements FailureListener {
    private final DeliveryRepository deliveries;
    private final JsonMapper json;
    private final InstantSource clock;

    NoteAlerts(DeliveryRepository deliveries, JsonMapper json, InstantSource clock) {
        this.deliveries = deliveries;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public void failed(Failure failure) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("environmentId", failure.environmentId().toString());
        body.put("runId", failure.runId().toString());
        body.put("taskId", failure.taskId());
        body.put("status", failure.status().apiName());
        body.put("fingerprint", failure.fingerprint());
        body.put("errorName", Objects.requireNonNullElse(failure.name(), ""));
        body.put("message", failure.message());
        body.put("failedAt", failure.at().toString());
        deliveries.addForFailure(
                failure.environmentId(),
                "run:" + failure.runId(),
                json.writeValueAsString(body),
                new DeliveryRepository.Times(failure.at(), clock.instant()));
    }
}
