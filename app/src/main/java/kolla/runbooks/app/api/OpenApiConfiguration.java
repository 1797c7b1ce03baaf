package kolla.runbooks.app.api;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import kolla.runbooks.app.problem.Problem;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The OpenAPI document at {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    @Bean
    OpenAPI document() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Kolla Runbooks")
                                .version("1")
                                .description(
                                        "Starts runbooks on OpenStack control planes and follows"
                                                + " their runs. Every refusal is a problem detail"
                                                + " (RFC 9457) with a code that has a page."))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        "basic",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("basic")))
                .addSecurityItem(new SecurityRequirement().addList("basic"));
    }

    /** Each operation may also answer with a problem. */
    @Bean
    OpenApiCustomizer problems() {
        ResolvedSchema problem =
                ModelConverters.getInstance()
                        .resolveAsResolvedSchema(new AnnotatedType(Problem.class));
        Content content =
                new Content()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                new MediaType()
                                        .schema(
                                                new Schema<Problem>()
                                                        .$ref("#/components/schemas/Problem")));
        return api -> {
            problem.referencedSchemas.forEach(api.getComponents()::addSchemas);
            api.getComponents().addSchemas("Problem", problem.schema);
            api.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(
                            operation ->
                                    operation
                                            .getResponses()
                                            .addApiResponse(
                                                    "default",
                                                    new ApiResponse()
                                                            .description("Refused")
                                                            .content(content)));
        };
    }
}
