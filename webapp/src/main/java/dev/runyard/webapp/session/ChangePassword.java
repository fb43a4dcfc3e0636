package dev.runyard.webapp.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Sets a person's password. Whoever has one must know it; all other browsers of the person are signed out, since a
/// password is often changed because somebody else knew the former one.
@Component
class ChangePassword {
    private final UserRepository users;
    private final WebSessionRepository sessions;
    private final PasswordRules rules;
    private final TransactionTemplate transactions;

    ChangePassword(
            UserRepository users,
            WebSessionRepository sessions,
            PasswordRules rules,
            TransactionTemplate transactions) {
        this.users = users;
        this.sessions = sessions;
        this.rules = rules;
        this.transactions = transactions;
    }

    /// @param current the present password, absent where there is none
    /// @param password the new one
    record Change(@Nullable String current, String password) {
        @Override
        public String toString() {
            return "Change[***]";
        }
    }

    boolean hasPassword(SignedInUser user) {
        return users.password(user.id()).isPresent();
    }

    /// Returns why the password was not changed; nothing where it was.
    Optional<String> change(SignedInUser user, SecretToken session, Change change) {
        Optional<String> kept = users.password(user.id());
        if (kept.isPresent() && (change.current() == null || !rules.matches(change.current(), kept))) {
            return Optional.of("The present password is another one.");
        }
        Optional<String> problem = rules.problem(change.password());
        if (problem.isPresent()) {
            return problem;
        }
        String hash = rules.encode(change.password());
        transactions.executeWithoutResult(_ -> {
            users.savePassword(user.id(), hash);
            sessions.deleteOthers(user.id(), session);
        });
        return Optional.empty();
    }
}
