package kolla.runbooks.probe;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Publishes a message to a quorum queue, waits until the brokers have confirmed it, and consumes
 * it. Brokers stand behind no virtual address: a client knows all of them. When its connection
 * breaks it goes to the next broker and sends again, as oslo.messaging does for the services; the
 * request has failed when no broker took it in time.
 */
final class MessageUse implements Use {

    private static final int CONNECT_MS = 2000;
    private static final int ANSWER_MS = 5000;
    private static final Duration IN_ALL = Duration.ofSeconds(6);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /** Where, as whom; name and password are its own, and so is the virtual host. */
    record Account(List<Address> brokers, String vhost, String user, String password) {
        @Override
        public String toString() {
            return "Account " + user + " at " + brokers;
        }
    }

    /** An open connection, and the broker it leads to. */
    private record Link(Connection connection, Channel channel, Address broker) {}

    private final Account account;
    private final boolean keeping;
    private final String queue;
    private final ConnectionFactory factory;
    private final InstantSource clock;
    private final AtomicReference<Link> link = new AtomicReference<>();
    private int next;

    private MessageUse(Account account, boolean keeping, InstantSource clock) {
        this.account = account;
        this.keeping = keeping;
        this.clock = clock;
        this.queue = keeping ? "probe-kept" : "probe-fresh";
        this.factory = factory(account);
    }

    static MessageUse keeping(Account account, InstantSource clock) {
        return new MessageUse(account, true, clock);
    }

    static MessageUse fresh(Account account, InstantSource clock) {
        return new MessageUse(account, false, clock);
    }

    private static ConnectionFactory factory(Account account) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUsername(account.user());
        factory.setPassword(account.password());
        factory.setVirtualHost(account.vhost());
        factory.setConnectionTimeout(CONNECT_MS);
        factory.setHandshakeTimeout(ANSWER_MS);
        factory.setChannelRpcTimeout(ANSWER_MS);
        factory.setShutdownTimeout(ANSWER_MS);
        factory.setRequestedHeartbeat(5);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        return factory;
    }

    @Override
    public void once() throws IOException, TimeoutException, InterruptedException {
        Instant end = clock.instant().plus(IN_ALL);
        int tries = account.brokers().size() + 1;
        try {
            while (true) {
                tries--;
                try {
                    exchange(end);
                    return;
                } catch (IOException | TimeoutException | ShutdownSignalException e) {
                    String broker = brokerName();
                    close();
                    next++;
                    if (tries == 0 || !clock.instant().isBefore(end)) {
                        throw new IOException(broker + ": " + FailureSentence.of(e), e);
                    }
                }
            }
        } finally {
            if (!keeping) {
                close();
            }
        }
    }

    private void exchange(Instant end) throws IOException, TimeoutException, InterruptedException {
        Link open = link.get();
        if (open == null || !open.channel().isOpen()) {
            open = connect();
        }
        Channel channel = open.channel();
        String message = UUID.randomUUID().toString();
        channel.basicPublish(
                "",
                queue,
                MessageProperties.PERSISTENT_BASIC,
                message.getBytes(StandardCharsets.UTF_8));
        channel.waitForConfirmsOrDie(ANSWER_MS);
        // What earlier tries left in the queue is taken as well.
        while (clock.instant().isBefore(end)) {
            GetResponse got = channel.basicGet(queue, false);
            if (got == null) {
                Thread.sleep(LOOK_AGAIN.toMillis());
                continue;
            }
            channel.basicAck(got.getEnvelope().getDeliveryTag(), false);
            if (new String(got.getBody(), StandardCharsets.UTF_8).equals(message)) {
                return;
            }
        }
        throw new TimeoutException("a confirmed message did not come back in time");
    }

    private Link connect() throws IOException, TimeoutException {
        Address broker = account.brokers().get(Math.floorMod(next, account.brokers().size()));
        Connection connection = factory.newConnection(List.of(broker), "kolla-runbooks-probe");
        try {
            Channel channel = connection.createChannel();
            channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
            channel.confirmSelect();
            Link open = new Link(connection, channel, broker);
            link.set(open);
            return open;
        } catch (IOException | ShutdownSignalException e) {
            connection.abort(ANSWER_MS);
            throw e;
        }
    }

    private String brokerName() {
        Link open = link.get();
        Address broker =
                open == null
                        ? account.brokers().get(Math.floorMod(next, account.brokers().size()))
                        : open.broker();
        return "broker " + broker.getHost();
    }

    @Override
    public void close() {
        Link open = link.getAndSet(null);
        if (open != null) {
            open.connection().abort(CONNECT_MS);
        }
    }
}
