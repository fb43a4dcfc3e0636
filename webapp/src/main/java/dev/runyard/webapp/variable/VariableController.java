package dev.runyard.webapp.variable;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.project.Audit;
import dev.runyard.webapp.api.project.ProjectAccess;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.Caller;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// Variables of an environment that an address names.
@RestController
class VariableController {
    private static final String BASE = "/api/v1/projects/{project}/envvars/{environment}";
    private static final String BRANCH = "x-trigger-branch";

    private final EnvironmentVariables variables;
    private final VariableProperties limits;
    private final ProjectAccess access;
    private final ReadImport readImport;
    private final JsonBody bodies;
    private final Audit audit;

    VariableController(
            EnvironmentVariables variables,
            VariableProperties limits,
            ProjectAccess access,
            ReadImport readImport,
            JsonBody bodies,
            Audit audit) {
        this.variables = variables;
        this.limits = limits;
        this.access = access;
        this.readImport = readImport;
        this.bodies = bodies;
        this.audit = audit;
    }

    /// @param success always true
    record Done(boolean success) {
        static final Done DONE = new Done(true);
    }

    record Values(Map<String, String> variables) {}

    record NewVariable(
            @Nullable String name,
            @Nullable String value,
            @Nullable Boolean isSecret) {}

    record NewValue(@Nullable String value) {}

    @Permit(
            to = {Credential.KEY, Credential.PERSONAL_TOKEN, Credential.ORGANIZATION_TOKEN},
            scopes = "read:envvars")
    @GetMapping(BASE)
    List<Variable> list(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String project,
            @PathVariable String environment,
            HttpServletRequest request) {
        return variables.list(find(caller, project, environment, request).id()).stream()
                .map(Variable::hidden)
                .toList();
    }

    @Permit(
            to = {Credential.KEY, Credential.PERSONAL_TOKEN, Credential.ORGANIZATION_TOKEN},
            scopes = "write:envvars")
    @Accepts(NewVariable.class)
    @PostMapping(BASE)
    Done create(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String project,
            @PathVariable String environment,
            HttpServletRequest request)
            throws IOException {
        TenantEnvironment found = find(caller, project, environment, request);
        NewVariable body = bodies.read(request, limits.maxImportBytes(), NewVariable.class);
        Variable variable = new Variable(
                required("name", body.name()), required("value", body.value()), Boolean.TRUE.equals(body.isSecret()));
        variables.save(found.id(), List.of(variable), true);
        audit.add(caller, request, found, new Audit.Change("variable.write", variable.name(), null));
        return Done.DONE;
    }

    @Permit(
            to = {Credential.KEY, Credential.PERSONAL_TOKEN, Credential.ORGANIZATION_TOKEN},
            scopes = "write:envvars")
    @Accepts(ReadImport.Body.class)
    @PostMapping(BASE + "/import")
    Done importAll(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String project,
            @PathVariable String environment,
            HttpServletRequest request)
            throws IOException {
        TenantEnvironment found = find(caller, project, environment, request);
        ReadImport.Import read = readImport.read(request);
        variables.save(found.id(), read.variables(), read.mayOverwrite());
        String names =
                String.join(", ", read.variables().stream().map(Variable::name).toList());
        audit.add(caller, request, found, new Audit.Change("variable.import", names, null));
        return Done.DONE;
    }

    @Permit(
            to = {Credential.KEY, Credential.PERSONAL_TOKEN, Credential.ORGANIZATION_TOKEN},
            scopes = "read:envvars")
    @GetMapping(BASE + "/{name}")
    Variable retrieve(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String project,
            @PathVariable String environment,
            @PathVariable String name,
            HttpServletRequest request) {
        return variables
                .find(find(caller, project, environment, request).id(), name)
                .map(Variable::hidden)
                .orElseThrow(VariableController::unknown);
    }

    @Permit(
            to = {Credential.KEY, Credential.PERSONAL_TOKEN, Credential.ORGANIZATION_TOKEN},
            scopes = "write:envvars")
    @Accepts(NewValue.class)
    @RequestMapping(
            path = BASE + "/{name}",
            method = {RequestMethod.PUT, RequestMethod.POST})
    Done update(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String project,
            @PathVariable String environment,
            @PathVariable String name,
            HttpServletRequest request)
            throws IOException {
        TenantEnvironment found = find(caller, project, environment, request);
        String value = required(
                "value",
                bodies.read(request, limits.maxImportBytes(), NewValue.class).value());
        Variable former = variables.find(found.id(), name).orElseThrow(VariableController::unknown);
        variables.save(found.id(), List.of(new Variable(name, value, former.isSecret())), true);
        audit.add(caller, request, found, new Audit.Change("variable.write", name, null));
        return Done.DONE;
    }

    @Permit(
            to = {Credential.KEY, Credential.PERSONAL_TOKEN, Credential.ORGANIZATION_TOKEN},
            scopes = "write:envvars")
    @DeleteMapping(BASE + "/{name}")
    Done delete(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String project,
            @PathVariable String environment,
            @PathVariable String name,
            HttpServletRequest request) {
        TenantEnvironment found = find(caller, project, environment, request);
        if (!variables.delete(found.id(), name)) {
            throw unknown();
        }
        audit.add(caller, request, found, new Audit.Change("variable.delete", name, null));
        return Done.DONE;
    }

    /// What a worker of the key's environment needs, secrets included.
    @Permit(to = Credential.KEY, scopes = "read:envvars")
    @GetMapping("/api/v1/projects/{project}/envvars")
    Values values(@AuthenticationPrincipal ApiCaller caller, @PathVariable String project) {
        if (!caller.environment().project().ref().equals(project)) {
            throw ApiException.of(HttpStatus.NOT_FOUND, "Project not found");
        }
        return new Values(variables.of(caller.environment()));
    }

    private TenantEnvironment find(Caller caller, String project, String environment, HttpServletRequest request) {
        return access.environment(
                caller, new ProjectAccess.Target(project, environment, request.getHeader(BRANCH)), Role.DEVELOPER);
    }

    private static String required(String path, @Nullable String value) {
        if (value == null) {
            throw ApiException.invalidBody(path, "is missing");
        }
        return Objects.requireNonNull(value);
    }

    private static ApiException unknown() {
        return ApiException.of(HttpStatus.NOT_FOUND, "Environment variable not found");
    }
}
