package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.runyard.supervisor.pace.Pacer;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Two ways to one engine: one for commands, which must answer in time, and one for streams, which must not.
///
/// @param commands for everything that ends
/// @param streams for events, logs and fetching of images
/// @param plain for calls that the clients do not know, without a limit in time
public record DockerConnection(DockerClient commands, DockerClient streams, DockerHttpClient plain)
        implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DockerConnection.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PING_PAUSE = Duration.ofMillis(500);
    private static final int MOST_CONNECTIONS = 200;

    /// Makes the connection without using it yet.
    ///
    /// @param host the engine's address; the usual socket where absent
    public static DockerConnection to(@Nullable String host, Duration commandTimeout) {
        var builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
        if (host != null) {
            builder.withDockerHost(host);
        }
        DefaultDockerClientConfig config = builder.build();
        DockerHttpClient patient = http(config, Duration.ZERO);
        return new DockerConnection(
                DockerClientImpl.getInstance(config, http(config, commandTimeout)),
                DockerClientImpl.getInstance(config, patient),
                patient);
    }

    /// Waits until the engine answers.
    ///
    /// @throws DockerUnavailable where it does not in time
    public void awaitAnswer(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                commands.pingCmd().exec();
                return;
            } catch (RuntimeException e) {
                if (System.nanoTime() >= deadline || !pause()) {
                    throw new DockerUnavailable(e);
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Pacer.real().pause(PING_PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closeQuietly(commands);
        closeQuietly(streams);
    }

    private static DockerHttpClient http(DefaultDockerClientConfig config, Duration responseTimeout) {
        var http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .maxConnections(MOST_CONNECTIONS)
                .connectionTimeout(CONNECT_TIMEOUT);
        if (responseTimeout.isPositive()) {
            http.responseTimeout(responseTimeout);
        }
        return http.build();
    }

    private static void closeQuietly(DockerClient client) {
        try {
            client.close();
        } catch (IOException e) {
            log.debug("closing a connection to the Docker engine", e);
        }
    }
}
