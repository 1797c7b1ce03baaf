/**
 * RabbitMQ: what is seen of the brokers, what may be done next, and doing it. {@link
 * kolla.runbooks.rabbitmq.RabbitDecisions} is the algorithm.
 */
package kolla.runbooks.rabbitmq;
