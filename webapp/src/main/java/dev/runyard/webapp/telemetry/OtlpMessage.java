package dev.runyard.webapp.telemetry;

import org.jspecify.annotations.Nullable;

/// The messages of OTLP in its protobuf form, as far as they are read: the fields' numbers and their names in JSON.
enum OtlpMessage {
    LOGS_REQUEST,
    RESOURCE_LOGS,
    SCOPE_LOGS,
    LOG_RECORD,
    TRACES_REQUEST,
    RESOURCE_SPANS,
    SCOPE_SPANS,
    SPAN,
    EVENT,
    STATUS,
    METRICS_REQUEST,
    RESOURCE_METRICS,
    SCOPE_METRICS,
    METRIC,
    KEY_VALUE,
    ANY_VALUE,
    ARRAY_VALUE,
    KEY_VALUE_LIST;

    /// How a field is written.
    enum Form {
        TEXT,
        /// Bytes that JSON has as hexadecimal digits.
        HEX,
        BASE64,
        BOOLEAN,
        INTEGER,
        FIXED,
        DOUBLE,
        MESSAGE
    }

    /// A field.
    ///
    /// @param name its name in JSON
    /// @param form how it is written
    /// @param of its message, of a field that is one
    /// @param isMany whether it may come several times
    record Field(String name, Form form, @Nullable OtlpMessage of, boolean isMany) {}

    /// Returns a field; absent where it is not read.
    @Nullable
    Field field(int number) {
        return switch (this) {
            case LOGS_REQUEST -> number == 1 ? many("resourceLogs", RESOURCE_LOGS) : null;
            case RESOURCE_LOGS -> number == 2 ? many("scopeLogs", SCOPE_LOGS) : null;
            case SCOPE_LOGS -> number == 2 ? many("logRecords", LOG_RECORD) : null;
            case LOG_RECORD -> logRecord(number);
            case TRACES_REQUEST -> number == 1 ? many("resourceSpans", RESOURCE_SPANS) : null;
            case RESOURCE_SPANS -> number == 2 ? many("scopeSpans", SCOPE_SPANS) : null;
            case SCOPE_SPANS -> number == 2 ? many("spans", SPAN) : null;
            case SPAN -> span(number);
            case EVENT -> event(number);
            case STATUS -> status(number);
            case METRICS_REQUEST -> number == 1 ? many("resourceMetrics", RESOURCE_METRICS) : null;
            case RESOURCE_METRICS -> number == 2 ? many("scopeMetrics", SCOPE_METRICS) : null;
            case SCOPE_METRICS -> number == 2 ? many("metrics", METRIC) : null;
            case METRIC -> number == 1 ? plain("name", Form.TEXT) : null;
            case KEY_VALUE -> keyValue(number);
            case ANY_VALUE -> anyValue(number);
            case ARRAY_VALUE -> number == 1 ? many("values", ANY_VALUE) : null;
            case KEY_VALUE_LIST -> number == 1 ? many("values", KEY_VALUE) : null;
        };
    }

    private static @Nullable Field logRecord(int number) {
        return switch (number) {
            case 1 -> plain("timeUnixNano", Form.FIXED);
            case 2 -> plain("severityNumber", Form.INTEGER);
            case 5 -> one("body", ANY_VALUE);
            case 6 -> many("attributes", KEY_VALUE);
            case 9 -> plain("traceId", Form.HEX);
            case 10 -> plain("spanId", Form.HEX);
            case 11 -> plain("observedTimeUnixNano", Form.FIXED);
            default -> null;
        };
    }

    private static @Nullable Field span(int number) {
        return switch (number) {
            case 1 -> plain("traceId", Form.HEX);
            case 2 -> plain("spanId", Form.HEX);
            case 4 -> plain("parentSpanId", Form.HEX);
            case 5 -> plain("name", Form.TEXT);
            case 7 -> plain("startTimeUnixNano", Form.FIXED);
            case 8 -> plain("endTimeUnixNano", Form.FIXED);
            case 9 -> many("attributes", KEY_VALUE);
            case 11 -> many("events", EVENT);
            case 15 -> one("status", STATUS);
            default -> null;
        };
    }

    private static @Nullable Field event(int number) {
        return switch (number) {
            case 1 -> plain("timeUnixNano", Form.FIXED);
            case 2 -> plain("name", Form.TEXT);
            case 3 -> many("attributes", KEY_VALUE);
            default -> null;
        };
    }

    private static @Nullable Field status(int number) {
        return switch (number) {
            case 2 -> plain("message", Form.TEXT);
            case 3 -> plain("code", Form.INTEGER);
            default -> null;
        };
    }

    private static @Nullable Field keyValue(int number) {
        return switch (number) {
            case 1 -> plain("key", Form.TEXT);
            case 2 -> one("value", ANY_VALUE);
            default -> null;
        };
    }

    private static @Nullable Field anyValue(int number) {
        return switch (number) {
            case 1 -> plain("stringValue", Form.TEXT);
            case 2 -> plain("boolValue", Form.BOOLEAN);
            case 3 -> plain("intValue", Form.INTEGER);
            case 4 -> plain("doubleValue", Form.DOUBLE);
            case 5 -> one("arrayValue", ARRAY_VALUE);
            case 6 -> one("kvlistValue", KEY_VALUE_LIST);
            case 7 -> plain("bytesValue", Form.BASE64);
            default -> null;
        };
    }

    private static Field plain(String name, Form form) {
        return new Field(name, form, null, false);
    }

    private static Field one(String name, OtlpMessage of) {
        return new Field(name, Form.MESSAGE, of, false);
    }

    private static Field many(String name, OtlpMessage of) {
        return new Field(name, Form.MESSAGE, of, true);
    }
}
