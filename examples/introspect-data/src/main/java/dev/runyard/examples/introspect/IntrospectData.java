package dev.runyard.examples.introspect;

import dev.runyard.examples.introspect.Introspection.Schema;
import dev.runyard.examples.introspect.ReadCatalog.DescribedTable;
import dev.runyard.examples.introspect.ReadCatalog.FoundTable;
import dev.runyard.sdk.AbortTaskRunException;
import dev.runyard.sdk.Local;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskContext;
import dev.runyard.sdk.schema.PayloadSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Describes a PostgreSQL database in three steps: connect, list the tables, describe them. */
public final class IntrospectData {
    private static final Local<Connection> CONNECTION = Local.named("connection");
    private static final int BATCH = 200;
    private static final String SCHEMAS = """
            select nspname as name from pg_namespace
            where nspname not in ('information_schema') and nspname not like 'pg\\_%'
            order by nspname""";

    /** The task. */
    public static final Task<IntrospectionRequest, Introspection> INTROSPECT_DATA = Task.define("introspect-data")
            .description("Describes the schemas, tables and keys of a PostgreSQL database")
            .input(IntrospectionRequest.class)
            .output(Introspection.class)
            .schema(PayloadSchema.ofType(IntrospectionRequest.class))
            .retry(Retry.exponential(3, Duration.ofSeconds(2)))
            .maxDuration(Duration.ofMinutes(10))
            .onCancel((request, context) -> abort(context))
            .cleanup((request, context) -> close(context))
            .run(IntrospectData::introspect);

    private IntrospectData() {}

    private static Introspection introspect(IntrospectionRequest request, TaskContext context) throws SQLException {
        DatabaseAddress address = DatabaseAddress.parse(request.url());
        context.logger().info("Connecting to " + address);
        Connection connection = OpenDatabase.open(address);
        context.set(CONNECTION, connection);
        String version = connection.getMetaData().getDatabaseProductVersion();
        context.logger().info("Connected", Map.of("serverVersion", version));

        List<String> schemas = schemas(connection, request);
        ReadCatalog catalog = new ReadCatalog(connection);
        List<FoundTable> found = catalog.tables(schemas, request.tableLimit() + 1);
        boolean truncated = found.size() > request.tableLimit();
        List<FoundTable> wanted = truncated ? found.subList(0, request.tableLimit()) : found;
        List<DescribedTable> tables = describe(catalog, wanted, context);
        return new Introspection(address.database(), version, group(schemas, tables), tables.size(), truncated);
    }

    private static List<String> schemas(Connection connection, IntrospectionRequest request) throws SQLException {
        List<String> existing = Rows.read(connection, SCHEMAS, row -> row.getString("name"));
        if (request.schemas() == null || request.schemas().isEmpty()) {
            return existing;
        }
        List<String> missing = request.schemas().stream()
                .filter(name -> !existing.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new AbortTaskRunException("There is no schema %s; the database has %s"
                    .formatted(String.join(", ", missing), String.join(", ", existing)));
        }
        return List.copyOf(new TreeSet<>(request.schemas()));
    }

    private static List<DescribedTable> describe(ReadCatalog catalog, List<FoundTable> tables, TaskContext context)
            throws SQLException {
        List<DescribedTable> described = new ArrayList<>();
        for (int from = 0; from < tables.size(); from += BATCH) {
            context.checkCanceled();
            described.addAll(catalog.describe(tables.subList(from, Math.min(tables.size(), from + BATCH))));
            context.progress(described.size(), tables.size(), "Described " + described.size() + " tables");
        }
        return described;
    }

    private static List<Schema> group(List<String> schemas, List<DescribedTable> tables) {
        Map<String, List<Introspection.Table>> bySchema = new LinkedHashMap<>();
        schemas.forEach(name -> bySchema.put(name, new ArrayList<>()));
        tables.forEach(described ->
                bySchema.getOrDefault(described.schema(), new ArrayList<>()).add(described.table()));
        return bySchema.entrySet().stream()
                .map(schema -> new Schema(schema.getKey(), schema.getValue()))
                .toList();
    }

    /** A query that is under way does not notice an interrupt; without its connection it ends. */
    private static void abort(TaskContext context) throws SQLException {
        Connection connection = context.get(CONNECTION).orElse(null);
        if (connection != null) {
            connection.abort(Runnable::run);
        }
    }

    private static void close(TaskContext context) throws SQLException {
        Connection connection = context.get(CONNECTION).orElse(null);
        if (connection != null && !connection.isClosed()) {
            connection.close();
            context.logger().info("Closed the connection");
        }
    }
}
