package dev.runyard.webapp.dashboard.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.dashboard.DashboardRuns;
import dev.runyard.webapp.dashboard.NotFound;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Channels of an environment, and the log of what was sent to them.
@RestController
@Permit(to = Credential.SESSION)
@RequestMapping("/api/dashboard/v1/environments/{environment}/alerts")
class AlertController {
    private final AlertChannels channels;
    private final DashboardRuns runs;

    AlertController(AlertChannels channels, DashboardRuns runs) {
        this.channels = channels;
        this.runs = runs;
    }

    /// @param canMail whether the server has a mail server
    record ChannelList(List<Channel> data, boolean canMail) {}

    record DeliveryList(List<DeliveryRepository.Listed> data) {}

    /// @param target where to send to; given once, when the channel is made
    record ChannelRequest(
            @Nullable String name,
            @Nullable ChannelKind kind,
            @Nullable String target,
            @Nullable Boolean onRunFailure,
            @Nullable Boolean onDeployment,
            @Nullable Boolean isEnabled) {
        @Override
        public String toString() {
            return "ChannelRequest[" + name + "]";
        }
    }

    /// @param secret by which receivers of a webhook check signatures; nobody can read it again
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Made(UUID id, @Nullable String secret) {}

    /// @param id of the message
    record Sent(UUID id) {}

    @GetMapping
    ChannelList list(@PathVariable String environment) {
        return new ChannelList(channels.list(runs.environment(environment)), channels.canMail());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Made create(@PathVariable String environment, @RequestBody ChannelRequest body) {
        return channels.create(runs.environment(environment), body);
    }

    @PutMapping("/{channel}")
    Channel update(@PathVariable String environment, @PathVariable String channel, @RequestBody ChannelRequest body) {
        EnvironmentId id = runs.environment(environment);
        return find(channel).flatMap(one -> channels.update(id, one, body)).orElseThrow(AlertController::unknown);
    }

    @DeleteMapping("/{channel}")
    ResponseEntity<Void> delete(@PathVariable String environment, @PathVariable String channel) {
        EnvironmentId id = runs.environment(environment);
        if (!find(channel).map(one -> channels.delete(id, one)).orElse(false)) {
            throw unknown();
        }
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{channel}/test")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Sent test(@PathVariable String environment, @PathVariable String channel) {
        EnvironmentId id = runs.environment(environment);
        return find(channel)
                .flatMap(one -> channels.test(id, one))
                .map(Sent::new)
                .orElseThrow(AlertController::unknown);
    }

    @GetMapping("/{channel}/deliveries")
    DeliveryList deliveries(@PathVariable String environment, @PathVariable String channel) {
        EnvironmentId id = runs.environment(environment);
        return find(channel)
                .flatMap(one -> channels.deliveries(id, one))
                .map(DeliveryList::new)
                .orElseThrow(AlertController::unknown);
    }

    private static Optional<UUID> find(String channel) {
        try {
            return Optional.of(UUID.fromString(channel));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static NotFound unknown() {
        return new NotFound("channel");
    }
}
