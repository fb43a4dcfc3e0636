package dev.runyard.webapp.api.schedule;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The time zones that a schedule may name; the official client asks for them without a key.
@RestController
class TimeZoneController {
    private static final String UTC = "UTC";

    /// @param timezones IANA names in their order
    record TimeZones(List<String> timezones) {}

    @Permit(to = Credential.NONE)
    @GetMapping("/api/v1/timezones")
    TimeZones list(@RequestParam(defaultValue = "false") boolean excludeUtc) {
        Stream<String> zones = ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> !zone.equals(UTC) && !zone.startsWith("SystemV/"))
                .sorted();
        return new TimeZones(Stream.concat(excludeUtc ? Stream.empty() : Stream.of(UTC), zones)
                .toList());
    }
}
