package dev.runyard.cli.database;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.process.Programs;
import java.util.ArrayList;
import java.util.List;

/// PostgreSQL refuses to run as root. In a user namespace of its own it sees itself as nobody in particular,
/// while the files still belong to it.
final class OrdinaryUser {
    private static final List<String> NAMESPACE = List.of("unshare", "-U");

    private final List<String> prefix;

    private OrdinaryUser(List<String> prefix) {
        this.prefix = prefix;
    }

    static OrdinaryUser find() {
        if (!isRoot()) {
            return new OrdinaryUser(List.of());
        }
        if (Programs.find("unshare").isPresent()
                && Programs.run(command(NAMESPACE, "true"), "").exitCode() == 0) {
            return new OrdinaryUser(NAMESPACE);
        }
        throw new CommandFailure("PostgreSQL refuses to run as root, and this machine does not let root make a user"
                + " namespace (`unshare -U true` fails). Run `./runyard up` as another user, or use"
                + " docker-compose.yml.");
    }

    List<String> command(String... command) {
        return command(prefix, command);
    }

    private static List<String> command(List<String> prefix, String... command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(List.of(command));
        return whole;
    }

    private static boolean isRoot() {
        return Programs.run(List.of("id", "-u"), "").output().strip().equals("0");
    }
}
