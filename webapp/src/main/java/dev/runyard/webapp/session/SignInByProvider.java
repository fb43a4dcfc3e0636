package dev.runyard.webapp.session;

import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.config.AppProperties;
import dev.runyard.webapp.tenant.AuditPerson;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Signs in whom an identity provider names: members of an organization, which those who were invited are. Whether the
/// provider is to be believed is decided before.
@Component
public class SignInByProvider {
    private final UserRepository users;
    private final Memberships memberships;
    private final SignIn signIn;
    private final AuditPerson audit;
    private final SessionProperties properties;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final boolean isSecure;

    SignInByProvider(
            UserRepository users,
            Memberships memberships,
            SignIn signIn,
            AuditPerson audit,
            SessionProperties properties,
            AppProperties app,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.users = users;
        this.memberships = memberships;
        this.signIn = signIn;
        this.audit = audit;
        this.properties = properties;
        this.transactions = transactions;
        this.clock = clock;
        this.isSecure = "https".equals(app.origin().getScheme());
    }

    /// Whom the provider names.
    ///
    /// @param email an address that the provider has verified
    /// @param name how the page calls them where they get an account now
    public record Person(String email, String name) {}

    /// The account of somebody who has none.
    ///
    /// @param organization which one they join
    /// @param role what they may do there
    public record NewAccount(UUID organization, Role role) {}

    /// Signs a person in and returns the cookie of their session, or nothing where they have no account, or belong to
    /// no organization any more.
    ///
    /// @param account what people get whom nobody invited; absent for nothing
    public Optional<String> signIn(Person person, @Nullable NewAccount account, HttpServletRequest request) {
        Visitor visitor = Visitor.of(request);
        return users.find(person.email())
                .or(() -> Optional.ofNullable(account).map(one -> make(person, one, visitor)))
                .filter(user -> !memberships.roles(user.id()).isEmpty())
                .map(user -> signIn.byProvider(user, visitor))
                .map(session -> SessionCookie.issue(session, properties.sessionLifetime(), isSecure));
    }

    /// Notes, where somebody has the address, that the provider named it but was not believed.
    public void noteRefusal(String email, HttpServletRequest request) {
        users.find(email).ifPresent(user -> signIn.refuseByProvider(user, Visitor.of(request)));
    }

    private SignedInUser make(Person person, NewAccount account, Visitor visitor) {
        String email = person.email().toLowerCase(Locale.ROOT);
        SignedInUser wanted = new SignedInUser(new TimeOrderedIds(clock).next(), email, person.name());
        return transactions.execute(_ -> {
            SignedInUser made = users.findOrCreate(wanted, clock.instant());
            memberships.join(made.id(), account.organization(), account.role());
            audit.add(
                    new AuditPerson.Actor(made.id(), made.email(), visitor.address()),
                    "member.join." + account.role(),
                    "identity provider");
            return made;
        });
    }
}
