package dev.runyard.webapp.dashboard;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.api.run.ReadRunFilter;
import dev.runyard.webapp.tenant.TenantDirectory;
import dev.runyard.webapp.tenant.TenantEnvironment;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/// Reads which runs the page lists. Its addresses are short; each parameter stands for a filter of the public API and
/// is read as that.
@Component
class ReadListFilter {
    private static final Map<String, String> FILTERS = Map.ofEntries(
            Map.entry("status", "filter[status]"),
            Map.entry("task", "filter[taskIdentifier]"),
            Map.entry("version", "filter[version]"),
            Map.entry("tag", "filter[tag]"),
            Map.entry("queue", "filter[queue]"),
            Map.entry("machine", "filter[machine]"),
            Map.entry("batch", "filter[batch]"),
            Map.entry("schedule", "filter[schedule]"),
            Map.entry("bulkAction", "filter[bulkAction]"),
            Map.entry("error", "filter[error]"),
            Map.entry("isTest", "filter[isTest]"),
            Map.entry("period", "filter[createdAt][period]"),
            Map.entry("from", "filter[createdAt][from]"),
            Map.entry("to", "filter[createdAt][to]"));
    private static final List<String> TIMES = List.of("period", "from", "to");
    private static final String BEGINNING = "0";

    private final ReadRunFilter readFilter;
    private final TenantDirectory tenants;

    ReadListFilter(ReadRunFilter readFilter, TenantDirectory tenants) {
        this.readFilter = readFilter;
        this.tenants = tenants;
    }

    ReadRunFilter.Query read(EnvironmentId environment, MultiValueMap<String, String> parameters) {
        TenantEnvironment tenant = tenants.findEnvironment(environment).orElseThrow(() -> new NotFound("environment"));
        MultiValueMap<String, String> filters = new LinkedMultiValueMap<>();
        FILTERS.forEach((name, filter) -> parameters.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isBlank())
                .forEach(value -> filters.add(filter, name.equals("status") ? value.toUpperCase(Locale.ROOT) : value)));
        // The public API goes back a week by itself; the page goes back as far as there are runs.
        if (TIMES.stream().map(FILTERS::get).noneMatch(filters::containsKey)) {
            filters.add("filter[createdAt][from]", BEGINNING);
        }
        return readFilter.read(tenant, filters);
    }
}
