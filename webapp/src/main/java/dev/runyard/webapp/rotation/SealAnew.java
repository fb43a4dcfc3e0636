package dev.runyard.webapp.rotation;

import dev.runyard.webapp.tenant.Seal;
import dev.runyard.webapp.tenant.SealedRows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Notes which encryption key this webapp seals with. Where it knows others beside it and no webapp uses these
/// any more, it seals anew what they sealed, and says when they may be taken out of the settings.
///
/// It waits for the others because a webapp that was not restarted yet may not know the new key.
@Component
class SealAnew implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(SealAnew.class);

    private final Seal seal;
    private final KeyUseRepository uses;
    private final List<SealedRows> tables;
    private final SealTableAnew sealTableAnew;
    private final TransactionTemplate snapshot;
    private final RotationProperties properties;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("rotation").daemon().factory());

    private boolean isWaiting;
    private SealTableAnew.@Nullable Outcome done;
    private Instant nextReminder = Instant.MIN;
    private State lastFound = State.ONE_KEY;

    SealAnew(
            Seal seal,
            KeyUseRepository uses,
            List<SealedRows> tables,
            SealTableAnew sealTableAnew,
            PlatformTransactionManager transactions,
            RotationProperties properties,
            InstantSource clock) {
        this.seal = seal;
        this.uses = uses;
        this.tables = tables;
        this.sealTableAnew = sealTableAnew;
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setReadOnly(true);
        this.properties = properties;
        this.clock = clock;
    }

    /// What a turn found.
    enum State {
        /// There is no other key.
        ONE_KEY,
        /// A webapp still seals with another key.
        OTHERS_IN_USE,
        /// Something is left that somebody else has locked.
        UNFINISHED,
        /// Everything is sealed with the first key, but things that were signed with another are not over.
        SIGNED_BEFORE,
        /// Some values do not open with their key, so it is for people to decide.
        UNREADABLE,
        /// Nothing needs the other keys.
        FREE
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        timer.scheduleWithFixedDelay(this::turn, 0, properties.period().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }

    /// What a turn could not do, the next one does.
    private void turn() {
        try {
            advance();
        } catch (RuntimeException e) {
            LOG.warn("the use of encryption keys could not be noted, or what others sealed not be sealed anew", e);
        }
    }

    synchronized State advance() {
        Instant now = clock.instant();
        uses.note(seal.keyId(), now);
        if (seal.otherKeyIds().isEmpty()) {
            return State.ONE_KEY;
        }
        Optional<Instant> lastUse = uses.lastUseOfOthers(seal.keyId());
        if (lastUse.filter(now.minus(properties.silence())::isBefore).isPresent()) {
            return waitForOthers(lastUse.get());
        }
        isWaiting = false;
        if (lastFound == State.UNREADABLE && !now.isBefore(nextReminder)) {
            done = null;
        }
        SealTableAnew.Outcome outcome = done == null ? sealAll() : done;
        return outcome == null
                ? State.UNFINISHED
                : remind(now, lastUse.orElseGet(() -> uses.firstUse(seal.keyId())), outcome);
    }

    private State waitForOthers(Instant lastUse) {
        if (!isWaiting) {
            LOG.info(
                    "A webapp sealed with another encryption key than {} at {}. When none has for {}, everything is "
                            + "sealed anew with {}.",
                    seal.keyId(),
                    lastUse,
                    properties.silence(),
                    seal.keyId());
        }
        isWaiting = true;
        done = null;
        nextReminder = Instant.MIN;
        return State.OTHERS_IN_USE;
    }

    /// Returns nothing where rows are left that somebody else has locked.
    private SealTableAnew.@Nullable Outcome sealAll() {
        SealTableAnew.Outcome outcome = tables.stream()
                .map(sealTableAnew::run)
                .reduce(SealTableAnew.Outcome.NOTHING, SealTableAnew.Outcome::plus);
        LOG.info(
                "Sealed {} values anew with the encryption key {}; {} do not open with their own key.",
                outcome.sealed(),
                seal.keyId(),
                outcome.unreadable());
        if (left() > outcome.unreadable()) {
            return null;
        }
        done = outcome;
        return outcome;
    }

    /// Counts in one snapshot: a key that is being retired leaves one table and comes to another.
    private int left() {
        return snapshot.execute(_ -> tables.stream()
                .flatMap(table -> table.countByKey().entrySet().stream())
                .filter(count -> !count.getKey().equals(seal.keyId()))
                .mapToInt(count -> count.getValue())
                .sum());
    }

    /// Looks and speaks once in a while only: it counts in tables that may be large.
    private State remind(Instant now, Instant lastUse, SealTableAnew.Outcome outcome) {
        if (now.isBefore(nextReminder)) {
            return lastFound;
        }
        nextReminder = now.plus(properties.reminderPeriod());
        if (outcome.unreadable() > 0) {
            LOG.warn(
                    "{} values do not open with their own key. Write them anew or delete them: they stay sealed with the "
                            + "encryption keys {}, and without these in RUNYARD_OTHER_ENCRYPTION_KEYS this server does "
                            + "not start.",
                    outcome.unreadable(),
                    seal.otherKeyIds());
            lastFound = State.UNREADABLE;
            return lastFound;
        }
        KeyUseRepository.Open open = uses.openFromBefore(lastUse);
        lastFound = open.isNothing() ? State.FREE : State.SIGNED_BEFORE;
        if (open.isNothing()) {
            LOG.info(
                    "Nothing needs the encryption keys {} any more. Take them out of RUNYARD_OTHER_ENCRYPTION_KEYS.",
                    seal.otherKeyIds());
        } else {
            LOG.info(
                    "{} runs and {} waitpoint tokens from before {} are not over and may hold what was signed with the "
                            + "encryption keys {}. Keep these in RUNYARD_OTHER_ENCRYPTION_KEYS until a line here says "
                            + "that nothing needs them.",
                    open.runs(),
                    open.tokens(),
                    lastUse,
                    seal.otherKeyIds());
        }
        return lastFound;
    }
}
