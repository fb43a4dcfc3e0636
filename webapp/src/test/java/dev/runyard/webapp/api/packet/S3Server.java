package dev.runyard.webapp.api.packet;

import com.robothy.s3.rest.LocalS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/// A server of S3's protocol in this process, with one bucket in memory.
final class S3Server implements AutoCloseable {
    private static final int OK = 200;

    private final LocalS3 server;

    private S3Server(LocalS3 server) {
        this.server = server;
    }

    static S3Server start(String bucket) {
        LocalS3 server = LocalS3.builder().port(-1).build();
        server.start();
        S3Server started = new S3Server(server);
        started.makeBucket(bucket);
        return started;
    }

    private void makeBucket(String bucket) {
        HttpRequest make = HttpRequest.newBuilder(endpoint().resolve("/" + bucket))
                .PUT(BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            int status = client.send(make, BodyHandlers.discarding()).statusCode();
            if (status != OK) {
                throw new IllegalStateException("the bucket could not be made: " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI endpoint() {
        return URI.create("http://localhost:" + server.getPort());
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
