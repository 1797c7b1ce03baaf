package kolla.runbooks.app.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.List;
import kolla.runbooks.app.security.RoleInterceptor;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Strict JSON, roles on every REST method, and threads for those who follow logs. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private static final int MOST_FOLLOWERS = 64;

    private final ThreadPoolTaskExecutor followers = followers();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new RoleInterceptor()).addPathPatterns("/api/**");
    }

    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
        configurer.setTaskExecutor(followers);
        // a follower ends by itself
        configurer.setDefaultTimeout(-1);
    }

    /** Followers would hold up an orderly stop of the server until its time-out. */
    @EventListener(ContextClosedEvent.class)
    void endFollowers() {
        followers.shutdown();
    }

    /** What a client sends is taken as it stands or refused, never guessed at. */
    @Bean
    Jackson2ObjectMapperBuilderCustomizer strictJson() {
        return builder ->
                builder.featuresToEnable(
                                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                                JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                        .featuresToDisable(
                                MapperFeature.ALLOW_COERCION_OF_SCALARS,
                                SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .postConfigurer(WebConfiguration::textIsText);
    }

    /** A number is no ticket: {@code 007} and {@code 7} would be the same. */
    private static void textIsText(ObjectMapper mapper) {
        for (CoercionInputShape shape :
                List.of(
                        CoercionInputShape.Integer,
                        CoercionInputShape.Float,
                        CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
    }

    /** One thread a follower; one more than allowed is refused, not queued. */
    private static ThreadPoolTaskExecutor followers() {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setThreadNamePrefix("log-");
        executor.setCorePoolSize(0);
        executor.setMaxPoolSize(MOST_FOLLOWERS);
        executor.setQueueCapacity(0);
        executor.setWaitForTasksToCompleteOnShutdown(false);
        executor.initialize();
        return executor;
    }
}
