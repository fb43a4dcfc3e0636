package dev.runyard.supervisor.workload.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The command that puts another one into a session of its own, out of reach of the terminal's signals.
///
/// Linux has `setsid`; systems without it, such as macOS, have Perl.
record SessionCommand(List<String> prefix) {
    private static final String PERL_SETSID = "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or exit 127";

    static Optional<SessionCommand> find() {
        return find(SessionCommand::isOnPath);
    }

    static Optional<SessionCommand> find(Predicate<String> available) {
        if (available.test("setsid")) {
            return Optional.of(new SessionCommand(List.of("setsid")));
        }
        if (available.test("perl")) {
            return Optional.of(new SessionCommand(List.of("perl", "-e", PERL_SETSID)));
        }
        return Optional.empty();
    }

    List<String> around(List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    private static boolean isOnPath(String command) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }
}
