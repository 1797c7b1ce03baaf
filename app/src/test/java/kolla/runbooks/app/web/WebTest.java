package kolla.runbooks.app.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** A test against the running web part; all such tests share one program and one database. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = WebTestProgram.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:web;DB_CLOSE_DELAY=-1",
            "spring.flyway.enabled=false",
            "camunda.bpm.authorization.enabled=true",
            "camunda.bpm.default-serialization-format=application/json",
            "camunda.bpm.default-number-of-retries=1",
            "camunda.bpm.history-level=full",
            "camunda.bpm.deployment-resource-pattern=classpath*:processes/*/*.bpmn,classpath*:processes/*/*.form",
            "camunda.bpm.generic-properties.properties.history-time-to-live=P180D",
            "camunda.bpm.job-execution.wait-time-in-millis=200",
            "camunda.bpm.job-execution.max-wait=500",
            "management.endpoints.web.exposure.include=health,prometheus",
            "runbooks.home=target/web-test",
            "runbooks.users-file=src/test/resources/web/users.yml",
            "runbooks.scrape-user=scraper",
            "logging.level.root=warn"
        })
public @interface WebTest {}
