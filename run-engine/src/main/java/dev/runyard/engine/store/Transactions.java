package dev.runyard.engine.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Transactions of several statements. What others must hear of them is told after the commit, once the
/// connection is free again; a transaction that loses a deadlock is repeated.
///
/// Rows are locked in one order everywhere, so that deadlocks stay rare: the run that is waited for,
/// waitpoints by id, the runs that wait by id.
public final class Transactions {
    private static final int MAX_TRIES = 5;

    private final TransactionTemplate template;
    private final ThreadLocal<@Nullable List<Runnable>> afterCommit = new ThreadLocal<>();

    public Transactions(TransactionTemplate template) {
        this.template = template;
    }

    /// Does the work in a transaction: the caller's where there is one, else its own.
    ///
    /// @param work may run several times; its effects outside the database must go through [#afterCommit]
    public <T extends @Nullable Object> T execute(Supplier<T> work) {
        if (afterCommit.get() != null) {
            return work.get();
        }
        for (int tries = 1; ; tries++) {
            List<Runnable> effects = new ArrayList<>();
            T result;
            afterCommit.set(effects);
            try {
                result = template.execute(_ -> work.get());
            } catch (PessimisticLockingFailureException e) {
                if (tries == MAX_TRIES) {
                    throw e;
                }
                continue;
            } finally {
                afterCommit.remove();
            }
            effects.forEach(Runnable::run);
            return result;
        }
    }

    /// Tells whether a transaction of [#execute] is under way in this thread.
    public boolean isUnderWay() {
        return afterCommit.get() != null;
    }

    /// Runs an effect after the commit of the transaction under way, or now where there is none.
    ///
    /// @throws IllegalStateException in a transaction that was not started by [#execute]
    public void afterCommit(Runnable effect) {
        List<Runnable> effects = afterCommit.get();
        if (effects != null) {
            effects.add(effect);
        } else if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a run may move only in a transaction of Transactions.execute");
        } else {
            effect.run();
        }
    }
}
