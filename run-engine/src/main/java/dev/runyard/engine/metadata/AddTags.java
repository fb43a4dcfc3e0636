package dev.runyard.engine.metadata;

import dev.runyard.engine.metadata.MetadataRepository.Described;
import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Adds tags to a run, whatever its status: all of them, or none where that would be too many.
final class AddTags {
    private final MetadataRepository repository;
    private final Transactions transactions;
    private final RunChangeHints hints;
    private final MetadataConfig config;
    private final InstantSource clock;

    AddTags(
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

    TagsOutcome add(EnvironmentId environment, RunId run, List<String> given) {
        Set<String> wanted =
                given.stream().filter(tag -> !tag.isBlank()).collect(Collectors.toCollection(LinkedHashSet::new));
        if (wanted.stream().anyMatch(tag -> tag.length() > config.maxTagLength())) {
            return new TagsOutcome.Refused("tags must have at most " + config.maxTagLength() + " characters each.");
        }
        return transactions.execute(() -> repository.lock(List.of(run)).stream()
                .filter(found -> found.environmentId().equals(environment))
                .findFirst()
                .map(found -> add(found, wanted))
                .orElseGet(TagsOutcome.Unknown::new));
    }

    private TagsOutcome add(Described run, Set<String> wanted) {
        List<String> fresh =
                wanted.stream().filter(tag -> !run.tags().contains(tag)).toList();
        if (fresh.isEmpty()) {
            return new TagsOutcome.Added(0);
        }
        List<String> all = Stream.concat(run.tags().stream(), fresh.stream()).toList();
        if (all.size() > config.maxTags()) {
            return new TagsOutcome.Refused("Runs can only have " + config.maxTags() + " tags, you're trying to set "
                    + all.size() + ". These tags have not been set: "
                    + fresh.stream().map(tag -> "'" + tag + "'").collect(Collectors.joining(", ")) + ".");
        }
        repository.writeTags(run.id(), all, clock.instant());
        transactions.afterCommit(() -> hints.changed(run));
        return new TagsOutcome.Added(fresh.size());
    }
}
