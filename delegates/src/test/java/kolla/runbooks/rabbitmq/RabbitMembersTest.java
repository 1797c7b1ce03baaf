package kolla.runbooks.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RabbitMembersTest {

    @Test
    void everyQueueGetsAMemberWhileThereAreNoMoreBrokersThanCopies() {
        assertThat(RabbitMembers.which(2)).isEqualTo("all");
        assertThat(RabbitMembers.which(3)).isEqualTo("all");
    }

    @Test
    void inALargerClusterOnlyQueuesWithAnEvenNumberDo() {
        assertThat(RabbitMembers.which(4)).isEqualTo("even");
    }
}
