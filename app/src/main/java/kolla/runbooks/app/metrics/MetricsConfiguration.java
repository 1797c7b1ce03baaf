package kolla.runbooks.app.metrics;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Lets the gauges look by themselves. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class MetricsConfiguration {}
