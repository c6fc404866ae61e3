-- Services that were applied, as they are to be: `spec` is JSON of what was asked, once it had been checked and read. Their replicas are jobs.
create table service (
  id text primary key,
  tenant text not null,
  spec text not null,
  changed_at bigint not null
);

alter table service enable row level security;

create policy tenants_see_their_own on service for select to offtake_tenant using (tenant = any (tenants_seen()));

grant select on service to offtake_tenant;
