package dev.runyard.engine.bulk;

import dev.runyard.engine.read.RunFilter;
import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.BulkActionId;
import dev.runyard.protocol.id.TimeOrderedIds;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Accepts a bulk action; it is done in the background.
final class CreateBulkAction {
    private final BulkRepository repository;
    private final Transactions transactions;
    private final BulkConfig config;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    CreateBulkAction(BulkRepository repository, Transactions transactions, BulkConfig config, InstantSource clock) {
        this.repository = repository;
        this.transactions = transactions;
        this.config = config;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
    }

    BulkOutcome create(BulkCommand command) {
        Optional<String> wrong = Optional.ofNullable(whatIsWrong(command));
        if (wrong.isPresent()) {
            return new BulkOutcome.Refused(wrong.get());
        }
        BulkActionId id = new BulkActionId(ids.next());
        return transactions.execute(() -> {
            if (command.kind() == BulkKind.REPLAY
                    && repository.countReplays(command.environmentId()) >= config.maxReplays()) {
                return new BulkOutcome.TooManyReplays(config.maxReplays());
            }
            repository.insert(id, command, clock.instant());
            return new BulkOutcome.Created(id);
        });
    }

    private @Nullable String whatIsWrong(BulkCommand command) {
        RunFilter filter = command.filter();
        if ((filter == null) == command.runIds().isEmpty()) {
            return "A bulk action needs either a filter or run ids.";
        }
        if (filter != null && !filter.environmentId().equals(command.environmentId())) {
            return "The filter is about another environment.";
        }
        if (filter != null && filter.equals(RunFilter.all(command.environmentId()))) {
            return "The filter must restrict something.";
        }
        if (command.runIds().size() > config.maxRunIds()) {
            return "At most " + config.maxRunIds() + " run ids can be given.";
        }
        String name = command.name();
        return name != null && name.length() > config.maxNameLength()
                ? "The name can have at most " + config.maxNameLength() + " characters."
                : null;
    }
}
