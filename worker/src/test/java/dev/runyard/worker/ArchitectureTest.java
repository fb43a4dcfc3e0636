package dev.runyard.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.runyard.worker", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    /** It lives inside applications, whose libraries it must not contradict. */
    @ArchTest
    static final ArchRule NEEDS_LITTLE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "dev.runyard.worker..",
                    "dev.runyard.runner..",
                    "dev.runyard.sdk..",
                    "dev.runyard.protocol..",
                    "tools.jackson..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "java..");

    @ArchTest
    static final ArchRule KNOWS_NOTHING_OF_DEV = noClasses()
            .that()
            .resideOutsideOfPackage("..worker.dev..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..worker.dev..");

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
}
