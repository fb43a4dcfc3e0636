package dev.runyard.engine.metadata;

import java.util.List;

/// What is to change; all of it, in this order, or nothing. A run without a parent is its own parent and root.
///
/// @param operations steps on the run itself
/// @param parentOperations steps on its parent
/// @param rootOperations steps on the first run of its tree
public record MetadataChange(
        List<MetadataOperation> operations,
        List<MetadataOperation> parentOperations,
        List<MetadataOperation> rootOperations) {

    public MetadataChange {
        operations = List.copyOf(operations);
        parentOperations = List.copyOf(parentOperations);
        rootOperations = List.copyOf(rootOperations);
    }

    /// A change of the run itself only.
    public static MetadataChange of(MetadataOperation... operations) {
        return new MetadataChange(List.of(operations), List.of(), List.of());
    }
}
