package dev.runyard.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.runyard.engine.lifecycle.RunChangeWriter;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.lifecycle.SuccessWriter;
import java.time.Clock;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

@AnalyzeClasses(packages = "dev.runyard.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule featuresAreFreeOfCycles =
            slices().matching("dev.runyard.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theEngineKnowsNoFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.boot..",
                    "org.springframework.web..",
                    "org.springframework.data..",
                    "org.springframework.context..",
                    "jakarta..",
                    "com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule onlyThePackageForRedisKnowsRedis = noClasses()
            .that()
            .resideOutsideOfPackage("..queue.redis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.lettuce..");

    @ArchTest
    static final ArchRule onlyRepositoriesAndReadModelsUseSql = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Repository")
            .and()
            .haveSimpleNameNotEndingWith("Queries")
            .and()
            .doNotHaveFullyQualifiedName("dev.runyard.engine.recovery.KeepTables")
            .and()
            .doNotHaveFullyQualifiedName(RunChangeWriter.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(SuccessWriter.class.getName())
            .and()
            .doNotHaveFullyQualifiedName("dev.runyard.engine.EngineParts")
            .and()
            .doNotHaveFullyQualifiedName("dev.runyard.engine.UpkeepParts")
            .and()
            .doNotHaveFullyQualifiedName("dev.runyard.engine.FeatureParts")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(JdbcClient.class);

    @ArchTest
    static final ArchRule onlyTheLifecycleWritesTransitions = classes()
            .that()
            .belongToAnyOf(RunChangeWriter.class, SuccessWriter.class)
            .should()
            .onlyBeAccessed()
            .byClassesThat(JavaClass.Predicates.belongToAnyOf(
                    RunLifecycle.class, RunChangeWriter.class, SuccessWriter.class, EngineParts.class));

    @ArchTest
    static final ArchRule theClockIsInjected = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule nothingSleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");
}
