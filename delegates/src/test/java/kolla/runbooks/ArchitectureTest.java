package kolla.runbooks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** Who may know whom. Each rule says why, so that whoever breaks it knows what they give up. */
@AnalyzeClasses(packages = "kolla.runbooks", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule rooms_are_stacked =
            Architectures.layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .withOptionalLayers(true)
                    .layer("failure")
                    .definedBy("..runbooks.failure..")
                    .layer("parameters")
                    .definedBy("..runbooks.parameters..")
                    .layer("inventory")
                    .definedBy("..runbooks.inventory..")
                    .layer("tls")
                    .definedBy("..runbooks.tls..")
                    .layer("hosts")
                    .definedBy("..runbooks.hosts..")
                    .layer("containers")
                    .definedBy("..runbooks.containers..")
                    .layer("catalog")
                    .definedBy("..runbooks.catalog..", "..runbooks.templates..")
                    .layer("journal")
                    .definedBy("..runbooks.journal..")
                    .layer("rollout")
                    .definedBy("..runbooks.rollout..", "..runbooks.preflight..")
                    .layer("preparation")
                    .definedBy("..runbooks.preparation..")
                    .layer("services")
                    .definedBy(
                            "..runbooks.galera..",
                            "..runbooks.rabbitmq..",
                            "..runbooks.loadbalancer..",
                            "..runbooks.memcached..",
                            "..runbooks.keystone..",
                            "..runbooks.maintenance..")
                    .layer("probe")
                    .definedBy("..runbooks.probe..")
                    .layer("upgrade")
                    .definedBy("..runbooks.upgrade..")
                    .layer("steps")
                    .definedBy("..runbooks.steps..")
                    .whereLayer("steps")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("probe")
                    .mayOnlyBeAccessedByLayers("steps")
                    .whereLayer("upgrade")
                    .mayOnlyBeAccessedByLayers("steps")
                    .whereLayer("services")
                    .mayOnlyBeAccessedByLayers("probe", "upgrade", "steps")
                    .whereLayer("preparation")
                    .mayOnlyBeAccessedByLayers("services", "probe", "upgrade", "steps")
                    .whereLayer("rollout")
                    .mayOnlyBeAccessedByLayers(
                            "preparation", "services", "probe", "upgrade", "steps")
                    .whereLayer("journal")
                    .mayOnlyBeAccessedByLayers(
                            "rollout", "preparation", "services", "probe", "upgrade", "steps")
                    .whereLayer("catalog")
                    .mayOnlyBeAccessedByLayers(
                            "rollout", "preparation", "services", "probe", "upgrade", "steps")
                    .whereLayer("containers")
                    .mayOnlyBeAccessedByLayers(
                            "catalog",
                            "rollout",
                            "preparation",
                            "services",
                            "probe",
                            "upgrade",
                            "steps")
                    .whereLayer("hosts")
                    .mayOnlyBeAccessedByLayers(
                            "containers",
                            "rollout",
                            "preparation",
                            "services",
                            "probe",
                            "upgrade",
                            "steps")
                    .whereLayer("tls")
                    .mayOnlyBeAccessedByLayers(
                            "catalog",
                            "rollout",
                            "preparation",
                            "services",
                            "probe",
                            "upgrade",
                            "steps")
                    .whereLayer("parameters")
                    .mayOnlyBeAccessedByLayers("steps")
                    .because(
                            "decisions that can be read and tested from the ground up need no"
                                    + " engine, no database and no host");

    @ArchTest
    static final ArchRule rooms_have_no_cycles =
            slices().matching("kolla.runbooks.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_steps_see_the_engine =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..runbooks.steps..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.camunda..")
                    .because("the engine is at its end of life; the way out has to stay short");

    @ArchTest
    static final ArchRule only_one_room_sees_sshj =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..runbooks.hosts.ssh..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("net.schmizz..", "com.hierynomus..")
                    .because("whoever acts on a host should not know how it is reached");

    @ArchTest
    static final ArchRule only_one_room_sees_docker_java =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..runbooks.containers..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.github.dockerjava..")
                    .because("whoever needs a container should not know the engine's API");

    @ArchTest
    static final ArchRule only_one_room_sees_jgit =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..runbooks.inventory..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.eclipse.jgit..")
                    .because("whoever proposes a change of the inventory should not know git");

    @ArchTest
    static final ArchRule no_spring_in_here =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..")
                    .because("the domain runs in any program, and in a test without one");

    @ArchTest
    static final ArchRule no_vague_names =
            classes()
                    .should()
                    .haveSimpleNameNotEndingWith("Manager")
                    .andShould()
                    .haveSimpleNameNotEndingWith("Helper")
                    .andShould()
                    .haveSimpleNameNotEndingWith("Util")
                    .andShould()
                    .haveSimpleNameNotEndingWith("Utils")
                    .andShould()
                    .haveSimpleNameNotEndingWith("Impl")
                    .because("a name in the field's own words says what a class is for");
}
