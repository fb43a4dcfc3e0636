package dev.runyard.webapp.variable;

/// A variable as the API shows it.
///
/// @param name its name
/// @param value its text; of secrets, a text that says that it is hidden
/// @param isSecret whether nobody may read it again
record Variable(String name, String value, boolean isSecret) {
    private static final String HIDDEN = "<redacted>";

    Variable hidden() {
        return isSecret ? new Variable(name, HIDDEN, true) : this;
    }
}
