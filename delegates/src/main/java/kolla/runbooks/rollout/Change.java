package kolla.runbooks.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** One line of a plan: something that will be different on one host. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.Image.class, name = "image"),
    @JsonSubTypes.Type(value = Change.File.class, name = "file"),
    @JsonSubTypes.Type(value = Change.Container.class, name = "container")
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface Change {

    String host();

    String service();

    /** An image that is pulled. */
    record Image(String host, String service, String reference) implements Change {}

    /**
     * A file that is written.
     *
     * @param sha256 of the new content: two plans with different secrets are different plans
     * @param diff unified, secrets masked; empty for a new file
     */
    record File(String host, String service, String path, String sha256, List<String> diff)
            implements Change {}

    /** A container that is touched. */
    record Container(
            String host,
            String service,
            String container,
            ContainerDelta.Kind action,
            List<RestartReason> reasons)
            implements Change {}
}
