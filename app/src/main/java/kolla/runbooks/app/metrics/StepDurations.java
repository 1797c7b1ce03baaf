package kolla.runbooks.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * {@code runbooks_step_seconds{step,service}}: how long the steps took that came to their end. A
 * step begins and ends on one thread; one that fails never ends and is not counted.
 */
@Component
public class StepDurations {

    private record Begun(String activity, long nanos) {}

    private final MeterRegistry meters;
    private final ThreadLocal<Optional<Begun>> begun = ThreadLocal.withInitial(Optional::empty);

    public StepDurations(MeterRegistry meters) {
        this.meters = meters;
    }

    /** The engine tells about the beginning and the end of each activity. */
    @EventListener
    public void on(DelegateExecution execution) {
        if (!isStep(execution)) {
            return;
        }
        String activity = Objects.requireNonNullElse(execution.getActivityInstanceId(), "");
        if (execution.getEventName().equals(ExecutionListener.EVENTNAME_START)) {
            begun.set(Optional.of(new Begun(activity, System.nanoTime())));
        } else if (execution.getEventName().equals(ExecutionListener.EVENTNAME_END)) {
            begun.get()
                    .filter(b -> b.activity().equals(activity))
                    .ifPresent(b -> record(execution, System.nanoTime() - b.nanos()));
            begun.remove();
        }
    }

    private static boolean isStep(DelegateExecution execution) {
        return execution.getBpmnModelElementInstance() != null
                && execution
                        .getBpmnModelElementInstance()
                        .getElementType()
                        .getTypeName()
                        .equals(ActivityTypes.TASK_SERVICE);
    }

    private void record(DelegateExecution execution, long nanos) {
        Object service = execution.getVariable("service");
        Timer.builder("runbooks.step")
                .description("How long a step took")
                .tag("step", execution.getCurrentActivityId())
                .tag("service", service == null ? "" : service.toString())
                .publishPercentileHistogram(false)
                .register(meters)
                .record(nanos, java.util.concurrent.TimeUnit.NANOSECONDS);
    }
}
