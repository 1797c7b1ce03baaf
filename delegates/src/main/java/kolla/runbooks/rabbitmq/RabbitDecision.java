package kolla.runbooks.rabbitmq;

/** What may be done to one broker now. */
public sealed interface RabbitDecision {

    record Nothing() implements RabbitDecision {}

    /** It has no data: give it the cookie and start it; it joins by itself. */
    record Create() implements RabbitDecision {}

    /** It does not run, so there is nothing to drain. */
    record Start() implements RabbitDecision {}

    /** Check that the others can do without it, drain, replace, wait. */
    record Replace() implements RabbitDecision {}

    /** It was drained by this run and replaced already. */
    record Revive() implements RabbitDecision {}

    record Wait(String code, String why) implements RabbitDecision {}

    record Refuse(String code, String sentence) implements RabbitDecision {}
}
