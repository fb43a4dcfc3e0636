package dev.runyard.webapp.api.bulk;

import dev.runyard.engine.bulk.BulkCommand;
import dev.runyard.engine.bulk.BulkKind;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.api.run.ReadRunFilter;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.JsonText.Member;
import dev.runyard.webapp.api.shared.RunIds;
import dev.runyard.webapp.auth.ApiCaller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/// Reads what shall be done to which runs. Its filter says in JSON what the list of runs says in its query.
@Component
class ReadBulkAction {
    private static final Map<String, String> FILTERS = Map.ofEntries(
            Map.entry("status", "filter[status]"),
            Map.entry("taskIdentifier", "filter[taskIdentifier]"),
            Map.entry("version", "filter[version]"),
            Map.entry("tag", "filter[tag]"),
            Map.entry("machine", "filter[machine]"),
            Map.entry("region", "filter[region]"),
            Map.entry("from", "filter[createdAt][from]"),
            Map.entry("to", "filter[createdAt][to]"),
            Map.entry("period", "filter[createdAt][period]"),
            Map.entry("bulkAction", "filter[bulkAction]"),
            Map.entry("schedule", "filter[schedule]"),
            Map.entry("batch", "filter[batch]"),
            Map.entry("error", "filter[error]"),
            Map.entry("isTest", "filter[isTest]"));

    private final ReadRunFilter readFilter;

    ReadBulkAction(ReadRunFilter readFilter) {
        this.readFilter = readFilter;
    }

    /// What a caller asks for.
    ///
    /// @param command the action
    /// @param matchesNothing whether no run can be a part of it
    record Asked(BulkCommand command, boolean matchesNothing) {}

    Asked read(ApiCaller caller, JsonMembers body) {
        BulkKind kind = switch (body.text("action").orElse("")) {
            case "cancel" -> BulkKind.CANCEL;
            case "replay" -> BulkKind.REPLAY;
            default -> throw body.invalid("action", "must be cancel or replay");
        };
        checkRegion(caller, body, kind);
        if (body.get("filter").isPresent() == body.get("runIds").isPresent()) {
            throw body.invalid("filter", "or runIds must be given, and not both");
        }
        String name = body.text("name").orElse(null);
        if (body.get("runIds").isPresent()) {
            BulkCommand command = BulkCommand.naming(caller.environmentId(), kind, runIds(body));
            return new Asked(command.called(name), false);
        }
        ReadRunFilter.Query query = readFilter.read(caller.environment(), parameters(body.object("filter")));
        return new Asked(BulkCommand.matching(kind, query.filter()).called(name), query.matchesNothing());
    }

    private static void checkRegion(ApiCaller caller, JsonMembers body, BulkKind kind) {
        Optional<String> region = body.text("targetRegion");
        if (region.isPresent() && kind == BulkKind.CANCEL) {
            throw body.invalid("targetRegion", "goes with replay only");
        }
        String only = caller.environment().workerQueue();
        if (region.isPresent() && !region.get().equals(only)) {
            throw ApiException.unprocessable(
                    "There is no region '" + region.get() + "': leave targetRegion out, or use '" + only + "'.");
        }
    }

    private static List<RunId> runIds(JsonMembers body) {
        return body.texts("runIds").stream()
                .map(text -> RunIds.parse(text)
                        .orElseThrow(() -> body.invalid("runIds", "holds '" + text + "', which is no id of a run")))
                .toList();
    }

    private static MultiValueMap<String, String> parameters(JsonMembers filter) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        for (Map.Entry<String, Member> member : filter.members().entrySet()) {
            String name = member.getKey();
            if (name.equals("queue")) {
                queues(filter).forEach(queue -> parameters.add("filter[queue]", queue));
                continue;
            }
            String parameter = FILTERS.get(name);
            if (parameter == null) {
                throw filter.invalid(name, "is no filter");
            }
            boolean isScalar =
                    member.getValue().isString() || !member.getValue().text().startsWith("[");
            (isScalar ? List.of(member.getValue().text()) : filter.texts(name))
                    .forEach(value -> parameters.add(parameter, value));
        }
        if (parameters.isEmpty()) {
            throw filter.invalid("status", "or another member must be given: an empty filter would be about all runs");
        }
        return parameters;
    }

    private static List<String> queues(JsonMembers filter) {
        boolean isOne = filter.get("queue").orElseThrow().text().startsWith("{");
        List<JsonMembers> queues = isOne ? List.of(filter.object("queue")) : filter.objects("queue");
        return queues.stream()
                .map(queue -> {
                    String name = queue.text("name").orElseThrow(() -> queue.invalid("name", "is missing"));
                    return queue.text("type").orElse("custom").equals("task") ? "task/" + name : name;
                })
                .toList();
    }
}
