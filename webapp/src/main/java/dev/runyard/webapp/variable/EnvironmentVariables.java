package dev.runyard.webapp.variable;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.config.Secret;
import dev.runyard.webapp.tenant.Seal;
import dev.runyard.webapp.tenant.TenantEnvironment;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The variables of environments.
@Component
public class EnvironmentVariables {
    /// What the server itself sets for every run.
    private static final Set<String> RESERVED = Set.of("TRIGGER_SECRET_KEY", "TRIGGER_API_URL");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,255}");

    private final VariableRepository repository;
    private final VariableProperties limits;
    private final Seal seal;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    EnvironmentVariables(
            VariableRepository repository,
            VariableProperties limits,
            Seal seal,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.repository = repository;
        this.limits = limits;
        this.seal = seal;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Returns what a run of an environment finds, by name.
    public Map<String, String> of(TenantEnvironment environment) {
        Map<String, String> values = new LinkedHashMap<>();
        EnvironmentId parent = environment.place().parent();
        if (parent != null) {
            list(parent).forEach(variable -> values.put(variable.name(), variable.value()));
        }
        list(environment.id()).forEach(variable -> values.put(variable.name(), variable.value()));
        return values;
    }

    List<Variable> list(EnvironmentId environment) {
        return repository.list(environment).stream()
                .map(row -> open(environment, row))
                .toList();
    }

    Optional<Variable> find(EnvironmentId environment, String name) {
        return repository.find(environment, name).map(row -> open(environment, row));
    }

    /// Writes all of them, or none where one is wrong.
    void save(EnvironmentId environment, List<Variable> variables, boolean mayOverwrite) {
        variables.forEach(this::check);
        transactions.executeWithoutResult(_ -> {
            variables.forEach(one -> repository.save(
                    environment,
                    new VariableRepository.Row(
                            one.name(),
                            seal.seal(new Secret(one.value()), owner(environment, one.name())),
                            one.isSecret()),
                    mayOverwrite,
                    clock.instant()));
            if (repository.list(environment).size() > limits.maxPerEnvironment()) {
                throw ApiException.invalidBody(
                        "variables", "would be more than " + limits.maxPerEnvironment() + " in this environment");
            }
        });
    }

    boolean delete(EnvironmentId environment, String name) {
        return repository.delete(environment, name);
    }

    private void check(Variable variable) {
        if (!NAME.matcher(variable.name()).matches()) {
            throw ApiException.invalidBody(
                    "name", "must begin with a letter or _ and have up to 256 letters, digits and _.-");
        }
        if (RESERVED.contains(variable.name())) {
            throw ApiException.invalidBody("name", "is reserved: the server sets " + variable.name() + " itself");
        }
        if (variable.value().indexOf('\0') >= 0) {
            throw ApiException.invalidBody("value", "must not hold the character U+0000");
        }
        if (variable.value().getBytes(StandardCharsets.UTF_8).length > limits.maxValueBytes()) {
            throw ApiException.invalidBody("value", "must have at most " + limits.maxValueBytes() + " bytes");
        }
    }

    private Variable open(EnvironmentId environment, VariableRepository.Row row) {
        return new Variable(
                row.name(),
                seal.open(row.value(), owner(environment, row.name())).value(),
                row.isSecret());
    }

    /// Returns what a value is sealed for.
    static String owner(EnvironmentId environment, String name) {
        return "environment_variable|" + environment + "|" + name;
    }
}
