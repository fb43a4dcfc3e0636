package dev.runyard.sdk.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads and changes the environment variables of one environment of a project. Thread-safe. */
public final class EnvironmentVariables {
    private final ApiCall call;
    private final String path;

    EnvironmentVariables(ApiCall call, String projectRef, String environment) {
        this.call = call;
        this.path = "/api/v1/projects/" + Runs.encode(projectRef) + "/envvars/" + Runs.encode(environment);
    }

    /** Lists the variables; values of secret ones are not shown. */
    public List<Variable> list() {
        return call.get(path).valueStream().map(EnvironmentVariables::variable).toList();
    }

    /** Reads a variable. */
    public Variable retrieve(String name) {
        return variable(call.get(path + "/" + Runs.encode(name)));
    }

    /** Makes a variable, or changes it. */
    public void set(String name, String value) {
        call.post(path, Map.of("name", name, "value", value));
    }

    /** Makes a variable whose value nobody can read, or changes it. */
    public void setSecret(String name, String value) {
        call.post(path, Map.of("name", name, "value", value, "isSecret", true));
    }

    /**
     * Makes several variables.
     *
     * @param override whether those that exist are changed
     */
    public void upload(Map<String, String> variables, boolean override) {
        call.post(path + "/import", Map.of("variables", new LinkedHashMap<>(variables), "override", override));
    }

    /** Changes the value of a variable. */
    public void update(String name, String value) {
        call.put(path + "/" + Runs.encode(name), Map.of("value", value));
    }

    /** Removes a variable. */
    public void delete(String name) {
        call.delete(path + "/" + Runs.encode(name));
    }

    private static Variable variable(JsonNode node) {
        return new Variable(
                node.path("name").asString(""),
                node.path("value").asString(""),
                node.path("isSecret").asBoolean(false));
    }

    /**
     * A variable.
     *
     * @param name its name
     * @param value its value; not the real one where it is secret
     * @param isSecret whether its value cannot be read
     */
    public record Variable(String name, String value, boolean isSecret) {}
}
