package dev.runyard.engine.metadata;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One step of a change. A key that begins with `$.` is a path such as `$.counters.done` or `$.steps[0]`;
/// any other names a member of the document, dots included. A step that does not fit what is there changes
/// nothing.
public sealed interface MetadataOperation {
    /// Assigns a value; what is missing on the way there is made.
    record Set(String key, JsonNode value) implements MetadataOperation {}

    /// Removes a member or an element.
    record Delete(String key) implements MetadataOperation {}

    /// Adds to the end of an array; makes the array, also around a value that is none.
    record Append(String key, JsonNode value) implements MetadataOperation {}

    /// Removes every element of an array that equals the value.
    record Remove(String key, JsonNode value) implements MetadataOperation {}

    /// Adds to a number; what is not a number counts as 0.
    record Increment(String key, BigDecimal by) implements MetadataOperation {}

    /// Replaces the whole document.
    record Update(ObjectNode document) implements MetadataOperation {}
}
