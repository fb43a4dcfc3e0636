package dev.runyard.runner.telemetry;

import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every request of OTLP wraps its records in: this process, and the part of it that wrote them.
 *
 * @param signal end of the names of its members, such as {@code Logs} of {@code resourceLogs}
 * @param records name of the list of records
 */
record OtlpRequest(String signal, String records) {

    /** Writes a request of some records. */
    <T> String write(JsonMapper mapper, List<T> all, BiConsumer<T, ObjectNode> write) {
        ObjectNode request = mapper.createObjectNode();
        ObjectNode resource = request.putArray("resource" + signal).addObject();
        new OtlpAttributes(mapper).resource(resource);
        ObjectNode scope = resource.putArray("scope" + signal).addObject();
        scope.putObject("scope").put("name", "runyard-runner");
        ArrayNode list = scope.putArray(records);
        all.forEach(one -> write.accept(one, list.addObject()));
        return mapper.writeValueAsString(request);
    }
}
