package dev.runyard.supervisor;

import dev.runyard.supervisor.config.SupervisorProperties;
import dev.runyard.supervisor.drain.DrainCommand;
import dev.runyard.supervisor.pace.Pacer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/// Starts the supervisor, or tells the one of this machine something: then the first argument is a word.
@SpringBootApplication
@ConfigurationPropertiesScan
public class SupervisorApplication {
    private static final String SETTING = "--runyard.";

    static void main(String[] args) throws InterruptedException {
        if (args.length > 0 && !args[0].startsWith("--")) {
            System.exit(tell(args));
        }
        SpringApplication.run(SupervisorApplication.class, args);
    }

    /// Reads the settings as the supervisor does, but starts nothing of it.
    private static int tell(String[] args) throws InterruptedException {
        String[] given =
                Arrays.stream(args).filter(arg -> arg.startsWith(SETTING)).toArray(String[]::new);
        List<String> words =
                Arrays.stream(args).filter(arg -> !arg.startsWith(SETTING)).toList();
        try (var context = new SpringApplicationBuilder(SettingsAlone.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties(Map.of("logging.level.root", "warn"))
                .run(given)) {
            var settings = context.getBean(SupervisorProperties.class);
            return new DrainCommand(settings, System.out, System.err, Pacer.real()).run(words);
        }
    }

    /// Nothing but the settings.
    @EnableConfigurationProperties(SupervisorProperties.class)
    static final class SettingsAlone {}
}
