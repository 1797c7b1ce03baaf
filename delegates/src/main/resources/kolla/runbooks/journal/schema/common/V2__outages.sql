-- Outages that a watch has noticed and that go on: one row each, gone when the outage is over.
create table kr_outage (
  watch        varchar(64) not null,
  cluster_name varchar(64) not null,
  since        timestamp(6) with time zone not null,
  constraint kr_outage_pk primary key (watch, cluster_name)
);
