package dev.runyard.supervisor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.runyard.supervisor.pace.Pacer;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Autowired;

@AnalyzeClasses(packages = "dev.runyard.supervisor", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule KEEPS_NO_STATE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "io.lettuce..", "redis..", "org.springframework.jdbc..");

    @ArchTest
    static final ArchRule KNOWS_NOT_THE_ENGINE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.runyard.engine..", "dev.runyard.webapp..", "dev.runyard.sdk..");

    @ArchTest
    static final ArchRule DOCKER_STAYS_IN_ITS_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("..workload.docker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.github.dockerjava..", "com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule KUBERNETES_STAYS_IN_ITS_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("..workload.kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..");

    @ArchTest
    static final ArchRule HAS_NO_CYCLES =
            slices().matching("dev.runyard.supervisor.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule MANAGERS_DO_NOT_KNOW_WHAT_THEY_RUN_FOR = noClasses()
            .that()
            .resideInAPackage("..workload..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..track..", "..consume..", "..platform..", "..workloadapi..");

    @ArchTest
    static final ArchRule NAMES_SAY_SOMETHING = classes()
            .should()
            .haveNameNotMatching(".*(Util|Utils|Helper|Impl|Interface|Base|Data|Info|Service)")
            .andShould()
            .haveNameNotMatching(".*(?<!Workload)Manager");

    @ArchTest
    static final ArchRule READS_INJECTED_CLOCKS = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule PAUSES_IN_PLAIN_SIGHT =
            noClasses().that().areNotAssignableTo(Pacer.class).should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule INJECTS_BY_CONSTRUCTOR =
            noClasses().should().dependOnClassesThat().areAssignableTo(Autowired.class);

    @ArchTest
    static final ArchRule LOGS_BY_SLF4J = noClasses()
            .that()
            // It hands them to the command that answers an operator.
            .areNotAssignableTo(SupervisorApplication.class)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..");
}
