package dev.runyard.webapp.rotation;

import dev.runyard.webapp.config.WrongSettingException;
import dev.runyard.webapp.tenant.Seal;
import dev.runyard.webapp.tenant.SealedRow;
import dev.runyard.webapp.tenant.SealedRows;
import dev.runyard.webapp.tenant.SealedText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Goes once through a table and replaces what other keys sealed, a few rows to a transaction. It may end
/// anywhere and begin again, and several webapps may do it at once: each leaves out what another has locked.
@Component
class SealTableAnew {
    private static final Logger LOG = LoggerFactory.getLogger(SealTableAnew.class);

    private final Seal seal;
    private final TransactionTemplate transactions;
    private final RotationProperties properties;

    SealTableAnew(Seal seal, TransactionTemplate transactions, RotationProperties properties) {
        this.seal = seal;
        this.transactions = transactions;
        this.properties = properties;
    }

    /// What came of it.
    ///
    /// @param sealed rows that were replaced
    /// @param unreadable rows that their key does not open and that stay as they are
    record Outcome(int sealed, int unreadable) {
        static final Outcome NOTHING = new Outcome(0, 0);

        Outcome plus(Outcome other) {
            return new Outcome(sealed + other.sealed, unreadable + other.unreadable);
        }
    }

    private record Page(@Nullable SealedRow last, int rows, Outcome outcome) {}

    Outcome run(SealedRows table) {
        Outcome outcome = Outcome.NOTHING;
        Page page = new Page(null, 0, Outcome.NOTHING);
        do {
            SealedRow after = page.last();
            page = transactions.execute(_ -> page(table, after));
            outcome = outcome.plus(page.outcome());
        } while (page.rows() == properties.rowsAtOnce()
                && !Thread.currentThread().isInterrupted());
        return outcome;
    }

    private Page page(SealedRows table, @Nullable SealedRow after) {
        List<SealedRow> rows = table.lockOthers(seal.keyId(), after, properties.rowsAtOnce());
        int sealed = 0;
        for (SealedRow row : rows) {
            Optional<List<SealedText>> fresh = sealAnew(row);
            fresh.ifPresent(texts -> table.replace(row, texts));
            sealed += fresh.isPresent() ? 1 : 0;
        }
        return new Page(rows.isEmpty() ? null : rows.getLast(), rows.size(), new Outcome(sealed, rows.size() - sealed));
    }

    /// One row that does not open must not keep the others under a key that somebody wants to be rid of.
    private Optional<List<SealedText>> sealAnew(SealedRow row) {
        try {
            return Optional.of(row.parts().stream()
                    .map(part -> seal.seal(seal.open(part.text(), part.owner()), part.owner()))
                    .toList());
        } catch (IllegalStateException | WrongSettingException e) {
            LOG.warn(
                    "What is sealed for {} does not open with the key {} and stays as it is",
                    row.parts().getFirst().owner(),
                    row.parts().getFirst().text().sealedWith(),
                    e);
            return Optional.empty();
        }
    }
}
