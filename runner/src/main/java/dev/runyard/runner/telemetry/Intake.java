package dev.runyard.runner.telemetry;

import java.net.URI;
import java.net.http.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where telemetry goes.
 *
 * @param address that all kinds of it have in common
 * @param http makes the connections
 * @param mapper writes it
 */
public record Intake(URI address, HttpClient http, JsonMapper mapper) {
    /** Returns the address of one kind: {@code logs} or {@code traces}. */
    URI of(String kind) {
        String base = address.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/v1/" + kind);
    }
}
