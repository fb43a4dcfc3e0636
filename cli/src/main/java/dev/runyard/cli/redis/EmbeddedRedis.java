package dev.runyard.cli.redis;

import dev.runyard.cli.process.Programs;
import dev.runyard.cli.process.Service;
import dev.runyard.cli.process.ServiceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.embedded.core.ExecutableProvider;

/// A Redis server that writes its changes into a log in its folder once a second, and listens on the loopback interface
/// alone.
public final class EmbeddedRedis {
    private static final int TIMEOUT_MS = 1_000;

    private final Settings settings;
    private final Path binary;

    private EmbeddedRedis(Settings settings, Path binary) {
        this.settings = settings;
        this.binary = binary;
    }

    /// @param folder where its files are
    /// @param log what it prints
    /// @param port where it listens
    /// @param password what clients must say
    public record Settings(Path folder, Path log, int port, String password) {
        @Override
        public String toString() {
            return "Redis in " + folder + " at port " + port;
        }
    }

    /// Finds a server, the machine's own before the one in the class path, and writes its configuration.
    public static EmbeddedRedis prepare(Settings settings) {
        try {
            Files.createDirectories(settings.folder());
            EmbeddedRedis redis = new EmbeddedRedis(
                    settings, Programs.find("redis-server").orElseGet(() -> unpack(settings.folder())));
            redis.configure();
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException(settings + " could not be prepared", e);
        }
    }

    private static Path unpack(Path folder) {
        try {
            return ExecutableProvider.newJarResourceProvider(folder.toFile())
                    .get()
                    .toPath()
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("There is no redis-server on the PATH and none could be unpacked", e);
        }
    }

    public String version() {
        return Programs.run(List.of(binary.toString(), "--version"), "")
                .output()
                .strip()
                .replaceFirst(".*v=(\\S+).*", "$1");
    }

    public String url() {
        return "redis://:" + settings.password() + "@127.0.0.1:" + settings.port();
    }

    public ServiceSpec service() {
        return new ServiceSpec(
                "Redis",
                List.of(binary.toString(), configuration().toString()),
                Map.of(),
                Set.of(),
                List.of(),
                settings.log());
    }

    /// Tells whether the server answers.
    public boolean isReady(Service service) {
        if (!service.isAlive()) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), TIMEOUT_MS);
            socket.getOutputStream()
                    .write(("AUTH " + settings.password() + "\r\nPING\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            // While it still reads its log it answers -LOADING.
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("+PONG");
        } catch (IOException e) {
            return false;
        }
    }

    /// The password stands in a file and not among the arguments, which everybody on the machine can read.
    private void configure() throws IOException {
        Path file = configuration();
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir "%s"
                appendonly yes
                appendfsync everysec
                save ""
                maxmemory-policy noeviction
                """.formatted(
                        settings.port(),
                        settings.password(),
                        settings.folder().toString().replace("\\", "\\\\").replace("\"", "\\\"")));
    }

    private Path configuration() {
        return settings.folder().resolve("redis.conf");
    }
}
