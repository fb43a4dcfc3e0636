package dev.runyard.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.runyard.cli", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule HAS_NO_CYCLES =
            slices().matching("dev.runyard.cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule REACHES_SERVERS_OVER_HTTP_ALONE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.runyard.engine..", "dev.runyard.webapp..", "dev.runyard.supervisor..", "java.sql..");

    @ArchTest
    static final ArchRule COMMANDS_DO_NOT_KNOW_OF_UP = noClasses()
            .that()
            .resideOutsideOfPackages("dev.runyard.cli", "..up..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..cli.up..");
}
