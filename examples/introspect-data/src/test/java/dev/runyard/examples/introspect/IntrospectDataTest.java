package dev.runyard.examples.introspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.runyard.examples.introspect.Introspection.Column;
import dev.runyard.examples.introspect.Introspection.ForeignKey;
import dev.runyard.examples.introspect.Introspection.Table;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.sdk.testing.InlineRun;
import dev.runyard.sdk.testing.InlineRunner;
import dev.runyard.testkit.postgres.TestDatabase;
import dev.runyard.testkit.postgres.TestPostgres;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IntrospectDataTest {
    private static final String DDL = """
            create schema shop;
            create table shop.customer (
                id bigint generated always as identity primary key,
                email varchar(200) not null unique,
                credit numeric(10, 2) default 0
            );
            comment on table shop.customer is 'Who buys';
            comment on column shop.customer.email is 'Where invoices go';
            create table shop.region (country text, code text, primary key (country, code));
            create table shop.purchase (
                id bigint primary key,
                customer_id bigint not null references shop.customer (id),
                country text, code text,
                dropped int,
                foreign key (country, code) references shop.region (country, code)
            );
            alter table shop.purchase drop column dropped;
            create view shop.totals as select customer_id, count(*) as purchases from shop.purchase group by 1;
            create table shop.event (at timestamptz not null) partition by range (at);
            create table shop.event_2026 partition of shop.event for values from ('2026-01-01') to ('2027-01-01');
            insert into shop.customer (email) select 'c' || i || '@example.com' from generate_series(1, 250) i;
            analyze shop.customer;
            create table public.never_analyzed (id int);
            """;

    private static TestDatabase database;

    @BeforeAll
    static void create() throws SQLException {
        database = TestPostgres.create();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(DDL);
        }
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void describesSchemasAndTables() {
        Introspection described = introspect(new IntrospectionRequest(url(), null, null));

        assertThat(described.serverVersion()).matches("\\d+\\.\\d+.*");
        assertThat(described.schemas()).extracting(Introspection.Schema::name).containsExactly("public", "shop");
        assertThat(described.schemas().get(1).tables())
                .extracting(Table::name, Table::kind)
                .containsExactly(
                        tuple("customer", "table"),
                        tuple("event", "partitioned table"),
                        tuple("purchase", "table"),
                        tuple("region", "table"),
                        tuple("totals", "view"));
        assertThat(described.tableCount()).isEqualTo(6);
        assertThat(described.truncated()).isFalse();
    }

    @Test
    void describesColumnsKeysAndIndexes() {
        Table customer = table("customer");

        assertThat(customer.comment()).isEqualTo("Who buys");
        assertThat(customer.rowEstimate()).isEqualTo(250);
        assertThat(customer.sizeBytes()).isPositive();
        assertThat(customer.primaryKey()).containsExactly("id");
        assertThat(customer.columns())
                .containsExactly(
                        new Column("id", "bigint", false, null, null),
                        new Column("email", "character varying(200)", false, null, "Where invoices go"),
                        new Column("credit", "numeric(10,2)", true, "0", null));
        assertThat(customer.indexes()).hasSize(2).allMatch(Introspection.Index::unique);
        assertThat(table("region").primaryKey()).containsExactly("country", "code");
        assertThat(table("purchase").columns())
                .extracting(Column::name)
                .containsExactly("id", "customer_id", "country", "code");
        assertThat(table("purchase").foreignKeys())
                .extracting(ForeignKey::columns, ForeignKey::referencedTable, ForeignKey::referencedColumns)
                .containsExactlyInAnyOrder(
                        tuple(List.of("customer_id"), "customer", List.of("id")),
                        tuple(List.of("country", "code"), "region", List.of("country", "code")));
        assertThat(table("totals").rowEstimate()).isNull();
    }

    @Test
    void takesJdbcUrlsAndLimits() {
        Introspection described =
                introspect(new IntrospectionRequest(database.jdbcUrl() + login(), List.of("shop"), 2));

        assertThat(described.schemas()).extracting(Introspection.Schema::name).containsExactly("shop");
        assertThat(described.tableCount()).isEqualTo(2);
        assertThat(described.truncated()).isTrue();
    }

    @Test
    void closesItsConnection() {
        InlineRun<Introspection> run = run(new IntrospectionRequest(url(), null, null));

        assertThat(run.lines()).anySatisfy(line -> assertThat(line.message()).isEqualTo("Closed the connection"));
    }

    @Test
    void saysWhichSchemasThereAre() {
        assertThat(failure(new IntrospectionRequest(url(), List.of("shop", "nope"), null)))
                .isEqualTo("There is no schema nope; the database has public, shop");
    }

    @Test
    void refusesALoginOnceAndWithoutThePassword() {
        URI address = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        String url = "postgres://nobody:s3cr3t-pw@%s:%d%s"
                .formatted(address.getHost(), address.getPort(), address.getPath());

        InlineRun<Introspection> run = run(new IntrospectionRequest(url, null, null));

        assertThat(run.attempts()).isEqualTo(1);
        assertThat(String.valueOf(run.error()))
                .contains("Cannot connect to nobody@", "nobody")
                .doesNotContain("s3cr3t");
    }

    @Test
    void triesAgainWhereNobodyAnswers() {
        InlineRun<Introspection> run =
                run(new IntrospectionRequest("postgres://u:s3cr3t-pw@localhost:1/db", null, null));

        assertThat(run.attempts()).isEqualTo(3);
        assertThat(String.valueOf(run.error())).contains("u@localhost:1/db").doesNotContain("s3cr3t");
    }

    @Test
    void refusesUrlsOfOtherKinds() {
        assertThat(failure(new IntrospectionRequest(null, null, null))).contains("needs a \"url\"");
        assertThat(failure(new IntrospectionRequest("mysql://u:s3cr3t@h/db", null, null)))
                .contains("not one of PostgreSQL")
                .doesNotContain("s3cr3t");
        assertThat(failure(new IntrospectionRequest("postgres://u:s3c^r3t@h/db", null, null)))
                .contains("malformed", "percent-encoded")
                .doesNotContain("s3c^r3t");
        assertThat(failure(new IntrospectionRequest("postgres://localhost", null, null)))
                .contains("no database");
    }

    private static InlineRun<Introspection> run(IntrospectionRequest request) {
        return InlineRunner.create().run(IntrospectData.INTROSPECT_DATA, request);
    }

    private static Introspection introspect(IntrospectionRequest request) {
        InlineRun<Introspection> run = run(request);
        if (run.output() == null) {
            throw new AssertionError("the task failed: " + run.error());
        }
        return run.output();
    }

    private static String failure(IntrospectionRequest request) {
        @Nullable TaskRunError error = run(request).error();
        return error == null ? "" : error.summary();
    }

    private static Table table(String name) {
        return introspect(new IntrospectionRequest(url(), List.of("shop"), null)).schemas().getFirst().tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String url() {
        URI address = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        return "postgres://%s:%s@%s:%d%s"
                .formatted(
                        database.user(), database.password(), address.getHost(), address.getPort(), address.getPath());
    }

    private static String login() {
        return (database.jdbcUrl().contains("?") ? "&" : "?") + "user=" + database.user() + "&password="
                + database.password();
    }
}
