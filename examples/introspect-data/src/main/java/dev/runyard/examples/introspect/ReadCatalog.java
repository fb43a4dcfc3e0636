package dev.runyard.examples.introspect;

import dev.runyard.examples.introspect.Introspection.Column;
import dev.runyard.examples.introspect.Introspection.ForeignKey;
import dev.runyard.examples.introspect.Introspection.Index;
import dev.runyard.examples.introspect.Introspection.Table;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads PostgreSQL's catalog, one query per kind of thing however many tables there are. */
final class ReadCatalog {
    private static final String TABLES = """
            select c.oid, n.nspname as schema, c.relname as name, obj_description(c.oid, 'pg_class') as comment
                 , case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
                                  when 'm' then 'materialized view' else 'foreign table' end as kind
                 , case when c.relkind not in ('r', 'm') then null
                        when c.reltuples >= 0 then c.reltuples::bigint
                        else nullif(pg_stat_get_live_tuples(c.oid), 0) end as row_estimate
                 , case when c.relkind in ('r', 'm') then pg_total_relation_size(c.oid) end as size_bytes
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f')
              and not c.relispartition
              and n.nspname = any(?)
            order by n.nspname, c.relname
            limit ?""";

    private static final String COLUMNS = """
            select a.attrelid as oid, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
                 , not a.attnotnull as nullable, pg_get_expr(d.adbin, d.adrelid) as default_value
                 , col_description(a.attrelid, a.attnum) as comment
            from pg_attribute a
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = any(?) and a.attnum > 0 and not a.attisdropped
            order by a.attrelid, a.attnum""";

    private static final String KEYS = """
            select k.conrelid as oid, k.contype = 'p' as is_primary, k.conname as name
                 , array(select a.attname::text from unnest(k.conkey) with ordinality as x(num, pos)
                         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.num order by x.pos) as columns
                 , n.nspname as other_schema, o.relname as other_table
                 , array(select a.attname::text from unnest(k.confkey) with ordinality as x(num, pos)
                         join pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.num
                         order by x.pos) as other_columns
            from pg_constraint k
            left join pg_class o on o.oid = k.confrelid
            left join pg_namespace n on n.oid = o.relnamespace
            where k.conrelid = any(?) and k.contype in ('p', 'f')
            order by k.conrelid, k.conname""";

    private static final String INDEXES = """
            select i.indrelid as oid, c.relname as name, i.indisunique as is_unique, pg_get_indexdef(c.oid) as definition
            from pg_index i
            join pg_class c on c.oid = i.indexrelid
            where i.indrelid = any(?)
            order by i.indrelid, c.relname""";

    private final Connection connection;

    ReadCatalog(Connection connection) {
        this.connection = connection;
    }

    /** Returns the tables of some schemas, at most so many. */
    List<FoundTable> tables(List<String> schemas, int limit) throws SQLException {
        Array names = connection.createArrayOf("text", schemas.toArray());
        return Rows.read(connection, TABLES, ReadCatalog::toFound, names, limit);
    }

    /** Completes tables with their columns, keys and indexes. */
    List<DescribedTable> describe(List<FoundTable> tables) throws SQLException {
        Array oids = connection.createArrayOf(
                "bigint", tables.stream().map(FoundTable::oid).toArray());
        Map<Long, List<Part<Column>>> columns = byTable(Rows.read(connection, COLUMNS, ReadCatalog::toColumn, oids));
        Map<Long, List<Part<Key>>> keys = byTable(Rows.read(connection, KEYS, ReadCatalog::toKey, oids));
        Map<Long, List<Part<Index>>> indexes = byTable(Rows.read(connection, INDEXES, ReadCatalog::toIndex, oids));
        return tables.stream()
                .map(found -> {
                    List<Key> all = values(keys.get(found.oid()));
                    return new DescribedTable(
                            found.schema(),
                            found.toTable(values(columns.get(found.oid())), all, values(indexes.get(found.oid()))));
                })
                .toList();
    }

    private static FoundTable toFound(ResultSet row) throws SQLException {
        return new FoundTable(
                row.getLong("oid"),
                row.getString("schema"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("comment"),
                row.getObject("row_estimate", Long.class),
                row.getObject("size_bytes", Long.class));
    }

    private static Part<Column> toColumn(ResultSet row) throws SQLException {
        Column column = new Column(
                row.getString("name"),
                row.getString("type"),
                row.getBoolean("nullable"),
                row.getString("default_value"),
                row.getString("comment"));
        return new Part<>(row.getLong("oid"), column);
    }

    private static Part<Key> toKey(ResultSet row) throws SQLException {
        List<String> columns = Rows.texts(row, "columns");
        Key key = row.getBoolean("is_primary")
                ? new Key(columns, null)
                : new Key(
                        columns,
                        new ForeignKey(
                                row.getString("name"),
                                columns,
                                row.getString("other_schema"),
                                row.getString("other_table"),
                                Rows.texts(row, "other_columns")));
        return new Part<>(row.getLong("oid"), key);
    }

    private static Part<Index> toIndex(ResultSet row) throws SQLException {
        Index index = new Index(row.getString("name"), row.getBoolean("is_unique"), row.getString("definition"));
        return new Part<>(row.getLong("oid"), index);
    }

    private static <T> Map<Long, List<Part<T>>> byTable(List<Part<T>> parts) {
        return parts.stream().collect(Collectors.groupingBy(Part::oid));
    }

    private static <T> List<T> values(@Nullable List<Part<T>> parts) {
        return parts == null ? List.of() : parts.stream().map(Part::value).toList();
    }

    /** A table before the rest of it is read. */
    record FoundTable(
            long oid,
            String schema,
            String name,
            String kind,
            @Nullable String comment,
            @Nullable Long rowEstimate,
            @Nullable Long sizeBytes) {

        private Table toTable(List<Column> columns, List<Key> keys, List<Index> indexes) {
            List<String> primaryKey = keys.stream()
                    .filter(key -> key.foreign() == null)
                    .findFirst()
                    .map(Key::columns)
                    .orElse(List.of());
            List<ForeignKey> foreignKeys =
                    keys.stream().map(Key::foreign).filter(Objects::nonNull).toList();
            return new Table(name, kind, comment, rowEstimate, sizeBytes, columns, primaryKey, foreignKeys, indexes);
        }
    }

    /** A table with its schema's name. */
    record DescribedTable(String schema, Table table) {}

    private record Key(List<String> columns, @Nullable ForeignKey foreign) {}

    private record Part<T>(long oid, T value) {}
}
