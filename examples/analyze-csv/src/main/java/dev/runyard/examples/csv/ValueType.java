package dev.runyard.examples.csv;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a column's values can be, from narrow to wide. */
enum ValueType {
    BOOLEAN {
        @Override
        boolean fits(String value) {
            return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
        }
    },
    INTEGER {
        @Override
        boolean fits(String value) {
            return value.length() <= 18 ? WHOLE.matcher(value).matches() : isLong(value);
        }
    },
    DECIMAL {
        @Override
        boolean fits(String value) {
            return DECIMALS.matcher(value).matches();
        }
    },
    DATE {
        @Override
        boolean fits(String value) {
            return value.length() == 10 && parses(() -> LocalDate.parse(value));
        }
    },
    TIMESTAMP {
        @Override
        boolean fits(String value) {
            return value.length() >= 16 && Character.isDigit(value.charAt(0)) && isTimestamp(value);
        }
    },
    TEXT {
        @Override
        boolean fits(String value) {
            return true;
        }
    };

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d*)");
    /** A number with leading zeros is a code, such as a post code, whose zeros must stay. */
    private static final Pattern DECIMALS =
            Pattern.compile("[-+]?((0|[1-9]\\d{0,300})(\\.\\d{0,300})?|\\.\\d{1,300})([eE][-+]?\\d{1,3})?");

    abstract boolean fits(String value);

    /** Returns the name in the output. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean isLong(String value) {
        if (!WHOLE.matcher(value).matches()) {
            return false;
        }
        try {
            Long.parseLong(value);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isTimestamp(String value) {
        String iso = value.replace(' ', 'T');
        return parses(() -> LocalDateTime.parse(iso))
                || parses(() -> OffsetDateTime.parse(iso, DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    }

    private static boolean parses(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
