package dev.runyard.sdk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.runyard.sdk", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> JACKSON =
            JavaClass.Predicates.resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule NEEDS_LITTLE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "dev.runyard.sdk..",
                    "dev.runyard.protocol..",
                    "tools.jackson..",
                    "com.fasterxml.jackson.annotation..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "java..");

    @ArchTest
    static final ArchRule SHOWS_NO_JSON_LIBRARY = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackages("..internal..", "..serde..")
            .should()
            .notHaveRawReturnType(JACKSON);

    @ArchTest
    static final ArchRule HAS_NO_CYCLES =
            slices().matching("dev.runyard.sdk.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule DEFINING_DOES_NOT_NEED_THE_CLIENT = noClasses()
            .that()
            .resideInAPackage("dev.runyard.sdk")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..client..", "..discovery..", "..testing..", "..internal..");

    @ArchTest
    static final ArchRule NAMES_SAY_SOMETHING =
            classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Impl|Interface|Base|Data|Info|Manager)");

    @ArchTest
    static final ArchRule READS_INJECTED_CLOCKS = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule LOGS_BY_SLF4J = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..");
}
