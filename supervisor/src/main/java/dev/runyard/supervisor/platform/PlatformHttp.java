package dev.runyard.supervisor.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// HTTP to the webapp with a supervisor's credentials.
public final class PlatformHttp {
    private static final String PREFIX = "/engine/v1/worker-actions";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int UNAUTHORIZED = 401;

    /// Who calls.
    ///
    /// @param token the worker group's token
    /// @param instanceName this supervisor
    /// @param managedSecret what some webapps ask for besides
    public record Credentials(
            WorkerToken token,
            String instanceName,
            @Nullable String managedSecret) {}

    /// A call.
    ///
    /// @param method HTTP method
    /// @param path path below the worker actions
    /// @param body JSON, or nothing
    /// @param headers headers besides the credentials
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Call(String method, String path, byte @Nullable [] body, Map<String, String> headers) {
        static Call get(String path) {
            return new Call("GET", path, null, Map.of());
        }

        static Call post(String path, byte[] body) {
            return new Call("POST", path, body, Map.of());
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final String base;
    private final Credentials credentials;

    public PlatformHttp(URI webapp, Credentials credentials) {
        this.base = webapp.toString().replaceAll("/+$", "") + PREFIX;
        this.credentials = credentials;
    }

    /// Sends a call and returns whatever comes back.
    ///
    /// @throws PlatformException where nothing comes back in time
    public RawResponse send(Call call, Duration timeout) {
        RawResponse response = exchange(call, timeout);
        if (response.status() == UNAUTHORIZED) {
            credentials.token().reload();
        }
        return response;
    }

    private RawResponse exchange(Call call, Duration timeout) {
        try {
            HttpResponse<byte[]> response = http.send(request(call, timeout), HttpResponse.BodyHandlers.ofByteArray());
            return new RawResponse(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("content-type").orElse(null),
                    response.headers().firstValue("x-should-retry").orElse(null));
        } catch (IOException e) {
            throw PlatformException.unreachable(call.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PlatformException.unreachable(call.toString(), e);
        }
    }

    private HttpRequest request(Call call, Duration timeout) {
        byte[] body = call.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + call.path()))
                .timeout(timeout)
                .header("authorization", "Bearer " + credentials.token().value())
                .header("x-trigger-worker-instance-name", credentials.instanceName())
                .method(
                        call.method(),
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (body != null) {
            request.header("content-type", "application/json");
        }
        if (credentials.managedSecret() != null) {
            request.header("x-trigger-worker-managed-secret", credentials.managedSecret());
        }
        call.headers().forEach(request::header);
        return request.build();
    }
}
