package kolla.runbooks.app.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;

/** A test against the running web part; all such tests share one program and one database. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@AutoConfigureObservability(tracing = false)
@SpringBootTest(
        classes = WebTestProgram.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:web;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000",
            "runbooks.node-id=web-test",
            "management.endpoints.web.exposure.include=health,prometheus",
            "runbooks.home=target/web-test",
            "runbooks.users-file=src/test/resources/web/users.yml",
            "runbooks.scrape-user=scraper",
            "logging.level.root=warn"
        })
public @interface WebTest {}
