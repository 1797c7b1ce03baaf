package kolla.runbooks.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package of the program may see what, and why. */
@AnalyzeClasses(packages = "kolla.runbooks", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String WHO_IS_LOGGED_IN = "org.camunda.bpm.engine.impl.identity..";

    @ArchTest
    static final ArchRule theEnginesInternalsAreSeenByOnePackageOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("kolla.runbooks.app.engine..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("org.camunda.bpm.engine.impl..")
                                    .and(not(resideInAPackage(WHO_IS_LOGGED_IN))))
                    .because(
                            "Camunda 7 is at its end of life: internals change with its successor,"
                                + " and only one package may have to follow (who is logged in is"
                                + " told by a public method that returns an internal type)");

    @ArchTest
    static final ArchRule theProgramKnowsNoService =
            noClasses()
                    .that()
                    .resideInAPackage("kolla.runbooks.app..")
                    .and()
                    .resideOutsideOfPackage("kolla.runbooks.app.wiring..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "kolla.runbooks.galera..",
                            "kolla.runbooks.rabbitmq..",
                            "kolla.runbooks.loadbalancer..",
                            "kolla.runbooks.memcached..",
                            "kolla.runbooks.keystone..")
                    .because("what a service needs is decided below the steps, not in the program");
}
