package dev.runyard.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.runyard.runner", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule NEEDS_LITTLE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "dev.runyard.runner..",
                    "dev.runyard.sdk..",
                    "dev.runyard.protocol..",
                    "tools.jackson..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "com.sun.net.httpserver..",
                    "javax.net.ssl..",
                    "sun.misc..",
                    "io.opentelemetry..",
                    "java..");

    /** The bundle may not have it. */
    @ArchTest
    static final ArchRule TOUCHES_OPEN_TELEMETRY_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackage("..otel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry..");

    @ArchTest
    static final ArchRule HAS_NO_CYCLES =
            slices().matching("dev.runyard.runner.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CALLS_THE_API_FOR_TASKS_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.runyard.runner")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.runyard.sdk.client..");

    @ArchTest
    static final ArchRule NAMES_SAY_SOMETHING =
            classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Impl|Interface|Base|Data|Info|Manager)");

    @ArchTest
    static final ArchRule READS_INJECTED_CLOCKS = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    /** Standard streams are what a runner captures: only the entry points and the capture itself may touch them. */
    @ArchTest
    static final ArchRule LEAVES_STREAMS_TO_THE_TASK = noClasses()
            .that()
            .resideOutsideOfPackages("dev.runyard.runner", "..telemetry..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..");
}
