package kolla.runbooks.app.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.List;
import kolla.runbooks.app.runs.Runbook;
import kolla.runbooks.app.runs.Runbooks;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the filters in their order, and makes the first users before the server opens. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecuritySettings.class)
class SecurityConfiguration {

    private static final int LARGEST_BODY = 256 * 1024;

    @Bean
    FilterRegistrationBean<BasicAuthenticationFilter> basicAuthentication(
            IdentityService identity, SecuritySettings settings, ObjectMapper json) {
        var registration =
                new FilterRegistrationBean<>(
                        new BasicAuthenticationFilter(
                                identity,
                                new PasswordCheck(identity, Clock.systemUTC()),
                                settings.scrapeUser(),
                                new ProblemWriter(json)));
        registration.addUrlPatterns("/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit(ObjectMapper json) {
        var registration =
                new FilterRegistrationBean<>(
                        new BodyLimitFilter(LARGEST_BODY, new ProblemWriter(json)));
        registration.addUrlPatterns("/api/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 110);
        return registration;
    }

    @Bean
    FilterRegistrationBean<WebappGuard> webappGuard(ObjectMapper json) {
        var registration = new FilterRegistrationBean<>(new WebappGuard(new ProblemWriter(json)));
        registration.addUrlPatterns("/camunda/api/*", "/camunda/app/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 120);
        return registration;
    }

    @Bean
    FilterRegistrationBean<PageNonce> pageNonce() {
        var registration = new FilterRegistrationBean<>(new PageNonce());
        registration.addUrlPatterns("/camunda/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 130);
        return registration;
    }

    @Bean
    FilterRegistrationBean<PlainRefusal> plainRefusal(ObjectMapper json) {
        var registration = new FilterRegistrationBean<>(new PlainRefusal(json));
        registration.addUrlPatterns("/camunda/api/engine/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 140);
        return registration;
    }

    @Bean
    BeforeTheServerOpens firstUsers(
            IdentityService identity,
            AuthorizationService authorizations,
            FilterService filters,
            TaskService tasks,
            Runbooks runbooks,
            SecuritySettings settings,
            PlatformTransactionManager transactions) {
        FirstUsers users =
                new FirstUsers(identity, filters, tasks, new GroupRights(authorizations));
        return new BeforeTheServerOpens(
                () ->
                        new TransactionTemplate(transactions)
                                .executeWithoutResult(
                                        status ->
                                                users.create(
                                                        settings.users(),
                                                        settings.adminPasswordFile(),
                                                        keys(runbooks))));
    }

    private static List<String> keys(Runbooks runbooks) {
        return runbooks.all().stream().map(Runbook::key).toList();
    }
}
