package dev.runyard.engine.store;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Repeats what lost a deadlock or could not be serialized, a bounded number of times.
///
/// PostgreSQL says so only of what it rolled back, so nothing is done twice. A lost connection is never a
/// reason to repeat: its commit may have happened.
public final class RepeatingTransactions extends TransactionTemplate {
    private static final long serialVersionUID = 1L;
    private static final int MAX_TRIES = 5;

    public RepeatingTransactions(PlatformTransactionManager manager) {
        super(manager);
    }

    @Override
    public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
        // Within another transaction only the outer one can be repeated.
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? super.execute(action)
                : repeating(() -> super.execute(action));
    }

    /// Does something that is a transaction of its own, again where it was rolled back for another's
    /// sake.
    public static <T extends @Nullable Object> T repeating(Supplier<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return work.get();
            } catch (PessimisticLockingFailureException e) {
                if (tries == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }
}
