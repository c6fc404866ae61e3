-- Who held what of which pool from when until when: one row for each pool in each stretch of a stay, open while `ended_at` is null.
-- `milli` counts thousandths of accelerators, so that shares add up exactly.
create table usage_span (
  gang text not null,
  stay integer not null,
  n integer not null,
  tenant text not null,
  pool text not null,
  milli bigint not null,
  started_at bigint not null,
  ended_at bigint,
  primary key (gang, stay, n)
);

create index usage_span_by_end on usage_span (ended_at, started_at);
create index usage_span_open on usage_span (gang) where ended_at is null;

alter table usage_span enable row level security;

create policy tenants_see_their_own on usage_span for select to offtake_tenant using (tenant = any (tenants_seen()));

grant select on usage_span to offtake_tenant;

create index job_by_name on job (name text_pattern_ops);
create index job_by_pool on job (pool, submitted_at desc, id desc);
