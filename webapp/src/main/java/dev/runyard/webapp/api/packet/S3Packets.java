package dev.runyard.webapp.api.packet;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.api.shared.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Packets in a bucket. Callers upload and download there by addresses that this server signs, and the server itself
/// takes the same way; what was uploaded is measured when a run takes it. Old objects are removed by a rule of the
/// bucket, which knows them better.
final class S3Packets implements PacketStore, AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final S3Presigner presigner;
    private final Bucket bucket;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    S3Packets(S3Presigner presigner, Bucket bucket) {
        this.presigner = presigner;
        this.bucket = bucket;
    }

    /// How the bucket is used.
    ///
    /// @param properties its name and the prefix of the objects
    /// @param addressLifetime how long an address holds
    /// @param maxBytes how large a payload may be
    record Bucket(PacketProperties.S3 properties, Duration addressLifetime, int maxBytes) {
        String key(EnvironmentId environment, String path) {
            return properties.prefix() + environment + "/" + path;
        }
    }

    @Override
    public void save(EnvironmentId environment, String path, Packet packet) {
        HttpResponse<InputStream> answer = send(HttpRequest.newBuilder(upload(environment, path))
                .header("content-type", packet.contentType())
                .PUT(BodyPublishers.ofString(packet.content())));
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != OK) {
                throw refused("save", answer, body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A packet could not be saved in the bucket", e);
        }
    }

    @Override
    public Optional<Packet> find(EnvironmentId environment, String path) {
        HttpResponse<InputStream> answer = send(HttpRequest.newBuilder(download(environment, path)));
        try (InputStream body = answer.body()) {
            return switch (answer.statusCode()) {
                case OK -> Optional.of(packet(answer, body.readNBytes(bucket.maxBytes() + 1)));
                case NOT_FOUND -> absent(answer, body);
                default -> throw refused("read", answer, body);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("A packet could not be read from the bucket", e);
        }
    }

    private Packet packet(HttpResponse<InputStream> answer, byte[] content) {
        if (content.length > bucket.maxBytes()) {
            throw ApiException.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "The uploaded payload exceeds the maximum size of " + bucket.maxBytes() + " bytes");
        }
        String type = answer.headers().firstValue("content-type").orElse("");
        return new Packet(new String(content, StandardCharsets.UTF_8), type);
    }

    /// A bucket that is not there would otherwise look like a payload that nobody uploaded.
    private static Optional<Packet> absent(HttpResponse<?> answer, InputStream body) throws IOException {
        String reason = reason(body);
        if (reason.contains("NoSuchBucket")) {
            throw refused("read", answer, reason);
        }
        return Optional.empty();
    }

    private static IllegalStateException refused(String what, HttpResponse<?> answer, InputStream body)
            throws IOException {
        return refused(what, answer, reason(body));
    }

    private static String reason(InputStream body) throws IOException {
        return new String(body.readNBytes(1_000), StandardCharsets.UTF_8);
    }

    private static IllegalStateException refused(String what, HttpResponse<?> answer, String reason) {
        return new IllegalStateException(
                "The bucket refused to " + what + " a packet: " + answer.statusCode() + " " + reason);
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("The bucket of the packets could not be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void deleteBefore(Instant instant) {
        // A rule of the bucket does it.
    }

    @Override
    public Optional<URI> uploadAddress(EnvironmentId environment, String path) {
        return Optional.of(upload(environment, path));
    }

    @Override
    public Optional<URI> downloadAddress(EnvironmentId environment, String path) {
        return Optional.of(download(environment, path));
    }

    private URI upload(EnvironmentId environment, String path) {
        return address(presigner
                .presignPutObject(order -> order.signatureDuration(bucket.addressLifetime())
                        .putObjectRequest(
                                put -> put.bucket(bucket.properties().bucket()).key(bucket.key(environment, path))))
                .url());
    }

    private URI download(EnvironmentId environment, String path) {
        return address(presigner
                .presignGetObject(order -> order.signatureDuration(bucket.addressLifetime())
                        .getObjectRequest(
                                get -> get.bucket(bucket.properties().bucket()).key(bucket.key(environment, path))))
                .url());
    }

    private static URI address(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the signed address is none: " + url.getPath(), e);
        }
    }

    @Override
    public void close() {
        http.close();
        presigner.close();
    }
}
