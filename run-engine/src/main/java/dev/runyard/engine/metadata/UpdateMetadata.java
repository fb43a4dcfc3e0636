package dev.runyard.engine.metadata;

import dev.runyard.engine.metadata.MetadataRepository.Described;
import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Changes the metadata of a run, its parent and its root in one transaction: all steps are applied, or none.
final class UpdateMetadata {
    private final MetadataRepository repository;
    private final Transactions transactions;
    private final RunChangeHints hints;
    private final MetadataConfig config;
    private final InstantSource clock;
    private final ApplyOperations operations = new ApplyOperations();
    /// Deeper than what callers may send, so that no document can be written that is not read again.
    private static final StreamReadConstraints DEEP =
            StreamReadConstraints.builder().maxNestingDepth(1_000).build();

    private final JsonMapper mapper = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(DEEP).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    UpdateMetadata(
            MetadataRepository repository,
            Transactions transactions,
            RunChangeHints hints,
            MetadataConfig config,
            InstantSource clock) {
        this.repository = repository;
        this.transactions = transactions;
        this.hints = hints;
        this.config = config;
        this.clock = clock;
    }

    MetadataOutcome update(EnvironmentId environment, RunId run, MetadataChange change) {
        Optional<MetadataRepository.Family> family = repository.findFamily(environment, run);
        if (family.isEmpty()) {
            return new MetadataOutcome.Unknown();
        }
        Map<RunId, List<MetadataOperation>> steps = new LinkedHashMap<>();
        add(steps, run, change.operations());
        add(steps, family.get().parent(), change.parentOperations());
        add(steps, family.get().root(), change.rootOperations());
        return transactions.execute(() -> write(run, steps));
    }

    private static void add(Map<RunId, List<MetadataOperation>> steps, RunId run, List<MetadataOperation> operations) {
        steps.merge(
                run,
                operations,
                (first, more) -> Stream.concat(first.stream(), more.stream()).toList());
    }

    private MetadataOutcome write(RunId run, Map<RunId, List<MetadataOperation>> steps) {
        Map<RunId, Described> runs =
                repository.lock(steps.keySet()).stream().collect(Collectors.toMap(Described::id, Function.identity()));
        Described self = runs.get(run);
        if (self == null) {
            return new MetadataOutcome.Unknown();
        }
        if (isClosed(self)) {
            return new MetadataOutcome.Closed();
        }
        Map<Described, String> documents = new LinkedHashMap<>();
        for (Map.Entry<RunId, List<MetadataOperation>> entry : steps.entrySet()) {
            Described target = runs.get(entry.getKey());
            // A parent that is gone, or ended long ago, must not keep a child from describing itself.
            if (target == null || isClosed(target) || entry.getValue().isEmpty()) {
                continue;
            }
            switch (operations.apply(read(target.metadata()), entry.getValue())) {
                case ApplyOperations.Applied.Refused refused -> {
                    return new MetadataOutcome.Refused(refused.sentence());
                }
                case ApplyOperations.Applied.Done done ->
                    documents.put(target, mapper.writeValueAsString(done.document()));
            }
        }
        if (documents.values().stream().anyMatch(this::isTooLarge)) {
            return new MetadataOutcome.TooLarge("Metadata exceeds maximum size of " + config.maxBytes() + " bytes");
        }
        documents.forEach(this::write);
        String document = documents.get(self);
        return document == null
                ? new MetadataOutcome.Updated(mapper.writeValueAsString(read(self.metadata())), self.metadataVersion())
                : new MetadataOutcome.Updated(document, self.metadataVersion() + 1);
    }

    private boolean isClosed(Described run) {
        return run.completedAt() != null
                && run.completedAt().plus(config.openAfterEnd()).isBefore(clock.instant());
    }

    private boolean isTooLarge(String document) {
        return document.getBytes(StandardCharsets.UTF_8).length > config.maxBytes();
    }

    private void write(Described run, String document) {
        repository.writeMetadata(run.id(), document, clock.instant());
        transactions.afterCommit(() -> hints.changed(run));
    }

    private ObjectNode read(@Nullable String metadata) {
        return metadata != null && mapper.readTree(metadata) instanceof ObjectNode document
                ? document
                : mapper.createObjectNode();
    }
}
