package dev.runyard.cli.database;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.process.Programs;
import dev.runyard.cli.process.Programs.Outcome;
import dev.runyard.cli.process.Service;
import dev.runyard.cli.process.ServiceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A PostgreSQL server whose data folder outlives it. It waits for the disk at each commit, as a real one should, and
/// listens on the loopback interface alone.
public final class EmbeddedPostgres {
    /// The database and the role that owns it.
    public static final String NAME = "runyard";

    private final Settings settings;
    private final OrdinaryUser user;
    private final Path binaries;

    private EmbeddedPostgres(Settings settings, OrdinaryUser user, Path binaries) {
        this.settings = settings;
        this.user = user;
        this.binaries = binaries;
    }

    /// @param folder where its files are
    /// @param log what it prints
    /// @param port where it listens
    /// @param password the role's
    public record Settings(Path folder, Path log, int port, String password) {
        Path data() {
            return folder.resolve("data");
        }

        @Override
        public String toString() {
            return "PostgreSQL in " + folder + " at port " + port;
        }
    }

    /// Unpacks the server and makes its data folder where it is missing.
    public static EmbeddedPostgres prepare(Settings settings) {
        try {
            Files.createDirectories(settings.folder());
            OrdinaryUser user = OrdinaryUser.find();
            EmbeddedPostgres postgres =
                    new EmbeddedPostgres(settings, user, PostgresBinaries.unpackInto(settings.folder()));
            if (Files.exists(settings.data())) {
                postgres.checkVersion();
                postgres.takeOver();
            } else {
                postgres.makeData();
            }
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(settings + " could not be prepared", e);
        }
    }

    public String version() {
        return run("", binary("postgres"), "--version").output().strip().replaceFirst(".*\\) ", "");
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + settings.port() + "/" + NAME;
    }

    public ServiceSpec service() {
        List<String> command = new ArrayList<>(
                user.command(binary("postgres"), "-D", settings.data().toString()));
        Map<String, String> options = Map.of(
                "port", String.valueOf(settings.port()),
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "max_connections", "100",
                "shared_buffers", "96MB",
                "log_line_prefix", "%m ");
        options.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return new ServiceSpec(
                "PostgreSQL", command, Map.of(), Set.of("PGDATA", "PGPORT", "PGOPTIONS"), stop(), settings.log());
    }

    /// Tells whether the server takes connections.
    public boolean isReady(Service service) {
        try {
            return service.isAlive()
                    && PostmasterFile.read(settings.data())
                            .map(PostmasterFile::isReady)
                            .orElse(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeData() throws IOException {
        Path draft = settings.folder().resolve("data.new");
        PostgresBinaries.delete(draft);
        Path password = Files.createTempFile(settings.folder(), "password", "");
        try {
            Files.writeString(password, settings.password() + "\n");
            check(run(
                    "",
                    binary("initdb"),
                    "--pgdata=" + draft,
                    "--username=" + NAME,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--no-locale"));
        } finally {
            Files.delete(password);
        }
        // Without a client at hand, the server itself makes the database.
        check(run(
                "create database " + NAME + ";\n", binary("postgres"), "--single", "-D", draft.toString(), "postgres"));
        Files.move(draft, settings.data());
    }

    private void checkVersion() throws IOException {
        String made = Files.readString(settings.data().resolve("PG_VERSION")).strip();
        String major = version().replaceFirst("\\..*", "");
        if (!made.equals(major)) {
            throw new CommandFailure("The data in " + settings.data() + " was made by PostgreSQL " + made
                    + ", and this build brings " + major + ". Use another --data folder, or upgrade the data with"
                    + " pg_upgrade.");
        }
    }

    /// The caller holds the lock of the folder, so a server that still runs on it belongs to no one.
    private void takeOver() throws IOException {
        if (PostmasterFile.removeStale(settings.data())) {
            List<String> stop = stop();
            check(Programs.run(stop, ""));
        }
    }

    private List<String> stop() {
        return user.command(binary("pg_ctl"), "stop", "-D", settings.data().toString(), "-m", "fast", "-w", "-t", "30");
    }

    private Outcome run(String input, String... command) {
        return Programs.run(user.command(command), input);
    }

    private static void check(Outcome outcome) {
        if (outcome.exitCode() != 0) {
            throw new CommandFailure("PostgreSQL could not be prepared:\n" + outcome.output());
        }
    }

    private String binary(String name) {
        return binaries.resolve("bin").resolve(name).toString();
    }
}
