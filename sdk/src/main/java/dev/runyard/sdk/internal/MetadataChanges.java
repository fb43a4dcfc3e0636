package dev.runyard.sdk.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of metadata in the order in which they were made, as the API takes them.
 *
 * @param operations changes of the run itself
 * @param parentOperations changes of the run that triggered it
 * @param rootOperations changes of the first run of its tree
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MetadataChanges(
        List<Operation> operations, List<Operation> parentOperations, List<Operation> rootOperations) {
    public MetadataChanges {
        operations = List.copyOf(operations);
        parentOperations = List.copyOf(parentOperations);
        rootOperations = List.copyOf(rootOperations);
    }

    /** Tells whether there is nothing to send. */
    public boolean none() {
        return operations.isEmpty() && parentOperations.isEmpty() && rootOperations.isEmpty();
    }

    /**
     * @param type {@code set}, {@code delete}, {@code append}, {@code remove}, {@code increment} or {@code update}
     * @param key what is changed; absent for {@code update}
     * @param value with what; absent for {@code delete}
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Operation(
            String type, @Nullable String key, @Nullable Object value) {}
}
