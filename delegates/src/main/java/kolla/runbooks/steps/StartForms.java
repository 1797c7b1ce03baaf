package kolla.runbooks.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import kolla.runbooks.parameters.Parameter;
import kolla.runbooks.parameters.StartForm;
import org.camunda.bpm.engine.FormService;

/** The inputs of a deployed runbook, as its start form declares them. */
public final class StartForms {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StartForms() {}

    /**
     * @param definition the engine's id of the process definition
     * @return everything that the form asks for, the cluster, ticket and reason included; empty for
     *     a process without a form
     */
    public static List<Parameter> inputs(FormService forms, String definition) {
        boolean has =
                forms.getStartFormKey(definition) != null
                        || forms.getStartFormData(definition).getCamundaFormRef() != null;
        if (!has) {
            return List.of();
        }
        try (InputStream form = forms.getDeployedStartForm(definition)) {
            return StartForm.inputs(JSON.readTree(form));
        } catch (IOException e) {
            throw new UncheckedIOException("the start form of " + definition, e);
        }
    }
}
