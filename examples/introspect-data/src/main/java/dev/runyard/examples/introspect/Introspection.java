package dev.runyard.examples.introspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output.
 *
 * @param database its name
 * @param serverVersion such as {@code 17.2}
 * @param schemas what is in it
 * @param tableCount tables, views and the like that are described
 * @param truncated whether there are more tables than were asked for
 */
public record Introspection(
        String database, String serverVersion, List<Schema> schemas, int tableCount, boolean truncated) {

    /**
     * @param name the schema
     * @param tables in the order of their names
     */
    public record Schema(String name, List<Table> tables) {}

    /**
     * @param name the table
     * @param kind table, partitioned table, view, materialized view or foreign table
     * @param comment its comment
     * @param rowEstimate rows as the planner believes; absent for views and tables that were never analyzed
     * @param sizeBytes with its indexes; absent for views
     * @param columns in their order
     * @param primaryKey names of its columns, empty where there is none
     * @param foreignKeys what it refers to
     * @param indexes in the order of their names
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Table(
            String name,
            String kind,
            @Nullable String comment,
            @Nullable Long rowEstimate,
            @Nullable Long sizeBytes,
            List<Column> columns,
            List<String> primaryKey,
            List<ForeignKey> foreignKeys,
            List<Index> indexes) {}

    /**
     * @param name the column
     * @param type as SQL writes it, such as {@code numeric(10,2)}
     * @param nullable whether it may be null
     * @param defaultValue the expression of its default
     * @param comment its comment
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Column(
            String name,
            String type,
            boolean nullable,
            @Nullable String defaultValue,
            @Nullable String comment) {}

    /**
     * @param name the constraint
     * @param columns of this table
     * @param referencedSchema where the other table is
     * @param referencedTable the other table
     * @param referencedColumns of the other table
     */
    public record ForeignKey(
            String name,
            List<String> columns,
            String referencedSchema,
            String referencedTable,
            List<String> referencedColumns) {}

    /**
     * @param name the index
     * @param unique whether it forbids duplicates
     * @param definition as SQL writes it
     */
    public record Index(String name, boolean unique, String definition) {}
}
