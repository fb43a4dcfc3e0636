/** Describes a PostgreSQL database: its schemas, tables, columns, keys, indexes and row estimates. */
@NullMarked
package dev.runyard.examples.introspect;

import org.jspecify.annotations.NullMarked;
