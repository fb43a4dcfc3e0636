package dev.runyard.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A person who followed the login link, and what they can do without the pages.
public final class SignedIn {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI api;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    private SignedIn(URI origin) {
        this.api = origin.resolve("/api/dashboard/v1/");
    }

    /// Signs in with the link that the webapp printed, which works once.
    public static SignedIn with(WholeSystem system) {
        SignedIn person = new SignedIn(system.origin);
        person.send(HttpRequest.newBuilder(person.api.resolve("session")).GET());
        String link = system.loginLink();
        person.post("login", Map.of("token", link.substring(link.indexOf('=') + 1)));
        return person;
    }

    /// Makes a personal token.
    public String personalToken(String name) {
        return post("personal-tokens", Map.of("name", name)).get("token").asString();
    }

    /// Lets a tool that shows this code act for the person.
    public void confirm(String code) {
        post("authorization-codes/" + code + "/confirm", Map.of());
    }

    private JsonNode post(String path, Object body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(api.resolve(path))
                .header("Content-Type", "application/json")
                .header("X-XSRF-TOKEN", csrfToken())
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
    }

    private String csrfToken() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
