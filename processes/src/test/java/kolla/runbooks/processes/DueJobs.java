package kolla.runbooks.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.managementService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

import java.util.Comparator;
import java.util.List;
import org.camunda.bpm.engine.runtime.Job;

/** What the job executor would do: the jobs that are due, timers aside. */
final class DueJobs {

    private DueJobs() {}

    /** Until none is left, the oldest first. A step that fails is left as the engine leaves it. */
    static void runAll() {
        for (List<Job> due = list(); !due.isEmpty(); due = list()) {
            try {
                managementService().executeJob(due.get(0).getId());
            } catch (RuntimeException e) {
                // the step failed as the test told it to; the engine keeps that as an incident
                assertThat(runtimeService().createIncidentQuery().list())
                        .as(e.toString())
                        .isNotEmpty();
            }
        }
    }

    static List<Job> list() {
        return managementService().createJobQuery().messages().withRetriesLeft().list().stream()
                .sorted(Comparator.comparingLong(job -> Long.parseLong(job.getId())))
                .toList();
    }
}
