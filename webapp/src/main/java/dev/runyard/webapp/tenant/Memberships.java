package dev.runyard.webapp.tenant;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.TimeOrderedIds;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Who belongs to which organization, and what that lets them see.
@Component
public class Memberships {
    private final MemberRepository members;
    private final AppUserRepository users;
    private final OrganizationRepository organizations;
    private final TenantDirectory directory;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    Memberships(
            MemberRepository members,
            AppUserRepository users,
            OrganizationRepository organizations,
            TenantDirectory directory,
            InstantSource clock) {
        this.members = members;
        this.users = users;
        this.organizations = organizations;
        this.directory = directory;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
    }

    /// A member as others see them.
    ///
    /// @param person who
    /// @param role what they may do
    public record Listed(Person person, Role role) {}

    /// Returns what a person may do in an organization; empty for those who do not belong to it.
    public Optional<Role> role(UUID user, UUID organization) {
        return members.findByOrganizationIdAndUserId(organization, user).map(Member::role);
    }

    /// Returns what a person may do in an environment. Nobody sees another developer's own.
    public Optional<Role> role(UUID user, TenantEnvironment environment) {
        UUID owner = environment.place().owner();
        return owner == null || owner.equals(user)
                ? role(user, environment.organization().id())
                : Optional.empty();
    }

    /// Finds an environment that a person may see.
    public Optional<TenantEnvironment> find(UUID user, EnvironmentId environment) {
        return directory
                .findEnvironment(environment)
                .filter(found -> role(user, found).isPresent());
    }

    /// Returns what a person may do, by organization.
    public Map<UUID, Role> roles(UUID user) {
        return members.findByUserId(user).stream().collect(Collectors.toMap(Member::organizationId, Member::role));
    }

    /// Lists what a person may see, the oldest first.
    public List<TenantEnvironment> environments(UUID user) {
        Map<UUID, Role> roles = roles(user);
        return directory.environments().stream()
                .filter(one -> roles.containsKey(one.organization().id()))
                .filter(one ->
                        one.place().owner() == null || user.equals(one.place().owner()))
                .toList();
    }

    /// Lists the members of an organization, the oldest first.
    public List<Listed> list(UUID organization) {
        return members.findByOrganizationIdOrderByCreatedAt(organization).stream()
                .flatMap(member ->
                        users.findById(member.userId()).stream().map(user -> new Listed(user.person(), member.role())))
                .toList();
    }

    /// Finds a person by address.
    public Optional<Person> person(String email) {
        return users.findByEmail(email).map(AppUser::person);
    }

    /// Gives a person a role in an organization.
    public void join(UUID user, UUID organization, Role role) {
        members.put(ids.next(), organization, user, role.name(), clock.instant());
    }

    /// Gives the first user of an installation the organization that its first start made, where it made one.
    public void ownFirstOrganization(UUID user) {
        organizations
                .findBySlug(BootstrapInstallation.ORGANIZATION_SLUG)
                .filter(first -> role(user, first.id()).isEmpty())
                .ifPresent(first -> join(user, first.id(), Role.OWNER));
    }

    /// Takes a person out of an organization; false where they are the last owner, or no member.
    public boolean leave(UUID user, UUID organization) {
        List<Member> all = members.findByOrganizationIdOrderByCreatedAt(organization);
        boolean hasOtherOwner = all.stream()
                .anyMatch(member ->
                        member.role() == Role.OWNER && !member.userId().equals(user));
        Optional<Member> leaving =
                all.stream().filter(member -> member.userId().equals(user)).findFirst();
        if (leaving.isEmpty() || !hasOtherOwner) {
            return false;
        }
        members.delete(leaving.get());
        return true;
    }

    /// Lists the organizations of a person.
    public List<TenantEnvironment.OwningOrganization> organizations(UUID user) {
        return members.findByUserId(user).stream()
                .flatMap(member -> organizations.findById(member.organizationId()).stream())
                .map(one -> new TenantEnvironment.OwningOrganization(one.id(), one.slug(), one.title()))
                .toList();
    }
}
